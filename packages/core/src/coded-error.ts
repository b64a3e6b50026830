/** Facts of an error: a stable code and plain JSON values, never a secret. */
export type ErrorFacts = { readonly code: string };

/** An error whose code is the API and whose message is for people; one subclass per package. */
export class CodedError<Facts extends ErrorFacts> extends Error {
  readonly code: Facts["code"];
  readonly facts: Omit<Facts, "code">;

  constructor(facts: Facts, message?: string, options?: ErrorOptions) {
    const { code, ...rest } = facts;
    super(message ?? describe(code, rest), options);
    this.name = new.target.name;
    this.code = code;
    this.facts = rest;
  }
}

function describe(code: string, facts: object): string {
  const listed = Object.entries(facts).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return listed.length === 0 ? code : `${code}: ${listed.join(", ")}`;
}
