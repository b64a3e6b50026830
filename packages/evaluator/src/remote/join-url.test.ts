import { expect, test } from "vitest";
import { joinUrlProblem } from "./join-url.ts";

const problem = (url: string, allowPlain = false) => joinUrlProblem(url, { allowPlain });

test.each([
  "wss://v.example.org",
  "wss://v.example.org/join",
  "ws://127.0.0.1:9102",
  "ws://localhost:1",
  "ws://[::1]:9",
])("%s may be joined", (url) => {
  expect(problem(url)).toBeUndefined();
});

test.each([
  "ws://10.0.0.5:9102",
  "ws://v.example.org",
  "ws://127.0.0.1.example.org",
  "ws://[::2]:1",
  "ws://localhost.evil.org",
])("%s is refused without an explicit option", (url) => {
  expect(problem(url)).toMatch(/--allow-plain/);
  expect(problem(url, true)).toBeUndefined();
});

test.each([
  ["nowhere", /expected an address/],
  ["https://v.example.org", /wss:/],
  ["wss://user:secret@v.example.org", /holds no secret/],
  ["wss://v.example.org/?token=secret", /holds no secret/],
])("%s is no address to join", (url, why) => {
  expect(problem(url)).toMatch(why);
  expect(problem(url, true)).toMatch(why);
});
