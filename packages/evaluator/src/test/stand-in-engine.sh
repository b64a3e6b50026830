#!/bin/sh
# Stands in for docker or podman: keeps images and containers as folders, and runs agents as plain processes.
folder="$1"
shift
printf '%s\n' "$*" >> "$folder/calls"
if [ -e "$folder/down" ]; then
  echo "the engine is down" >&2
  exit 125
fi
case "$1" in
  images) ls "$folder/images" ;;
  ps) ls "$folder/containers" ;;
  import)
    mkdir "$folder/images/$3"
    tar -xf - -C "$folder/images/$3"
    ;;
  run)
    for argument; do
      if [ "$before" = --name ]; then name="$argument"; fi
      before="$argument"
    done
    container="$folder/containers/$name"
    mkdir "$container"
    env > "$container/environment"
    if [ -e "$folder/weak" ]; then
      echo "created 126 false" > "$container/state"
      exit 126
    fi
    echo "running 0 false" > "$container/state"
    exec 3<&0
    "$folder/images/$before/agent" <&3 &
    echo $! > "$container/pid"
    wait $!
    code=$?
    echo "exited $code false" > "$container/state"
    exit $code
    ;;
  container) cat "$folder/containers/$5/state" 2> /dev/null ;;
  rm)
    for argument; do name="$argument"; done
    if [ -e "$folder/containers/$name/pid" ]; then kill -9 "$(cat "$folder/containers/$name/pid")" 2> /dev/null; fi
    if [ ! -e "$folder/stuck" ]; then rm -rf "$folder/containers/$name"; fi
    ;;
  rmi) rm -rf "$folder/images/$3" ;;
esac
