/** Files of examples/, bundled as text. */
declare module "*.yaml" {
  const text: string;
  export default text;
}

/** Set by the build: true only in the build that the tests of failures use. */
declare const TEST_BUILD: boolean;

/** Type to field to what stands there; see schema.mjs. */
declare module "schema:fields" {
  const table: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default table;
}
