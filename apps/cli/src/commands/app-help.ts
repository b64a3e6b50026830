/** What `assay backend --help` adds. */
export const BACKEND_HELP = `
It has no flags: settings come from the environment. Required:
  DATABASE_URL                     PostgreSQL 15 or newer, postgres://…
  ASSAY_CHAIN_URL                  node of the chain, ws:// or wss://
  ASSAY_NETUID                     the subnet
  ASSAY_SNAPSHOT_KEY_FILE          key that signs snapshots (assay authority create-key)
  ASSAY_SNAPSHOT_CERTIFICATE_FILE  the subnet owner's word for it (assay authority certify)

Usual:
  ASSAY_PUBLIC_URL                 how callers reach it, such as https://assay.example.org; commas between several
  ASSAY_HOST, ASSAY_PORT           where it listens (127.0.0.1, 3000); it speaks no TLS, a proxy before it does
  ASSAY_PROXY_HOPS                 proxies of your own before it (0)
  ASSAY_HOME                       folder of the agents that were submitted (.assay); replicas share it
  ASSAY_METRICS_PORT, ASSAY_METRICS_HOST
                                   where Prometheus may ask; 9102 by convention, 127.0.0.1
  ASSAY_LOG_LEVEL                  error, warn, info or debug (info)

Seldom:
  ASSAY_MECHID                     mechanism of the subnet (0)
  ASSAY_SCORE_INTERVAL_SECONDS     how often scores are computed (300; ASSAY_SCORE_EVALUATION_INTERVAL is the same)
  ASSAY_BROADCAST_INTERVAL_SECONDS how often a snapshot is published at least (600; or ASSAY_WEIGHT_BROADCAST_INTERVAL)
  ASSAY_LEASE_SECONDS              how long a validator holds a job between two heartbeats (120)
  ASSAY_METAGRAPH_MAX_AGE_SECONDS  older knowledge of the chain is not used (180)
  ASSAY_REQUESTS_PER_MINUTE        most of one address, of each replica (6000)
  ASSAY_HOTKEY_REQUESTS_PER_MINUTE most of one hotkey (1200)

The first admin key: assay keys init. Exit codes: 0 stopped, 1 failed, 78 configuration, 130 forced.`;

/** What `assay validator --help` adds. */
export const VALIDATOR_HELP = `
Commands (run if there is none):
  run                 set weights and evaluate agents, until Ctrl-C
  doctor              look at everything a validator needs, with advice; --json
  status              show what the running validator does; --watch, --json
  dry-run             print the extrinsic that would be sent, and what it would change
  pause [reason]      send no weights until resume, also over restarts
  resume              go on, and let a held change through
  recover             make a lost journal anew from the chain
  export, import FILE move the journal to another host
  receipts            print the backend's receipts for results, while it is stopped

Flags, each also in the environment (--max-change is ASSAY_MAX_CHANGE):
  --backend-url <url>               where the backend answers; required
  --api-key-file <file>             key an admin granted to the hotkey (assay keys request); required
  --netuid <n>                      the subnet (also BT_NETUID); required
  --mechid <n>                      mechanism of the subnet (0)
  --subtensor.network <name>        finney, test, archive, latent-lite, local (also BT_SUBTENSOR_NETWORK)
  --subtensor.chain_endpoint <url>  its address (also BT_SUBTENSOR_CHAIN_ENDPOINT)
  --chain-url <urls>                addresses with commas; the next is tried when one fails
  --wallet.name, --wallet.hotkey    the hotkey (default, default; also BT_WALLET_NAME, BT_WALLET_HOTKEY)
  --wallet.path <folder>            folder of the wallets (~/.bittensor/wallets; also BT_WALLET_PATH)
  --hotkey-file <file>              key file, instead of a wallet; mode 600
  --home <folder>                   the journal lies in its folder validator (.assay)
  --duties <list>                   weights,evaluate, or one of them
  --authority <ss58>                trust certificates by this hotkey only
  --shared-hotkey yes|no            yes if the hotkey signs elsewhere too (no)
  --verify off|alarm|refuse         compute each snapshot again from its published inputs (off)
  --max-change <per cent>           hold what one epoch would move beyond this
  --metrics-port, --metrics-host    where /health and /metrics are answered; 9101 by convention
  --evaluator-port, --evaluator-host, --join-secret-file
                                    where evaluators of other hosts join, and the secret they bring
  --local-evaluator spare|always|never
                                    when this host evaluates itself (spare)
  --spot-check <n>                  episodes of answers from elsewhere that are played again (2)
  --log-level <level>               error, warn, info or debug (info)
  --reconnect-pause-ms <n>          longest first pause before connecting again (1000)

In the environment only:
  ASSAY_CONTAINER_COMMAND           engine that runs agents in containers, such as podman

Begin with doctor. Exit codes: 0 stopped, 1 failed, 2 usage, 3 held for safety, 78 configuration, 130 forced.`;

/** What `assay evaluator --help` adds. */
export const EVALUATOR_HELP = `
Flags, each also in the environment:
  --join <url>               the validator: wss://…, or ws:// on this machine (ASSAY_JOIN)
  --join-secret-file <file>  the secret both sides hold (ASSAY_JOIN_SECRET_FILE)
  --evaluator-name <name>    what the validator calls it; the host's name (ASSAY_EVALUATOR_NAME)
  --allow-plain              ws:// to another host, inside a private network only (ASSAY_ALLOW_PLAIN)
  --log-level <level>        error, warn, info or debug (ASSAY_LOG_LEVEL)

In the environment only:
  ASSAY_CONTAINER_COMMAND    engine that runs agents in containers, such as podman

It needs no wallet, chain or backend. The validator listens with --evaluator-port and the same secret,
made once with: openssl rand -hex 32`;

/** What `assay miner --help` adds. */
export const MINER_HELP = `
Further flags, each also in the environment (--backend-url is ASSAY_BACKEND_URL):
  --backend-url <url>     where the backend answers; required
  --file <agent>          an agent of your own, a WebAssembly module
  --agent <kind>          or a sample: random, greedy, hasty, careful; for the pendulum leaning, balancing
  --competition <id>      which one; the only open one
  --try                   play 50 episodes here first, on other seeds than the hidden ones
  --watch                 stay until the submission is judged
  --home <folder>         receipts are kept in its folder receipts (.assay)
  --log-level <level>     error, warn, info or debug (info)`;
