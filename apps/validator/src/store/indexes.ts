/** Holds its epoch: not provably dead. */
export const LIVE = "state not in ('expired', 'refused')";
/** Its end is not known yet. */
export const OPEN = "state in ('planned', 'signed', 'included') and body ->> 'problem' is null";
/** A commit that is on chain and was not opened yet. */
export const SEALED = "state = 'confirmed' and body ->> '$.commit.kind' = 'timelock'";
/** The chain has shown it, whatever became of its reveal. */
export const CONFIRMED = "state in ('confirmed', 'revealed', 'unrevealed')";
/** In a block, where it took a nonce. */
export const IN_BLOCK = "state in ('included', 'confirmed', 'revealed', 'unrevealed', 'refused')";

/** Paths into an intent's text that are searched. */
export const NONCE = "body ->> '$.signed.nonce'";
export const BLOCK = "body ->> '$.included.block'";
export const COMMIT_HASH = "body ->> '$.commit.commitHash'";

/**
 * What is asked with every block must cost the same after years. SQLite uses these only for a query that repeats the
 * condition and the expression, so both take them from above.
 */
export const INDEXES = `
create index live_by_effect on intents (storage_index, effective_epoch) where ${LIVE};
create index open_intents on intents (storage_index) where ${OPEN};
create index sealed_intents on intents (storage_index) where ${SEALED};
create index confirmed_intents on intents (storage_index) where ${CONFIRMED};
create index used_nonces on intents (${NONCE}) where ${IN_BLOCK};
create index including_blocks on intents (storage_index, ${BLOCK}) where ${IN_BLOCK};
create index commit_hashes on intents (${COMMIT_HASH});
create index intent_states on intents (state);
create index queued_results on results (state) where state = 'queued';
`;
