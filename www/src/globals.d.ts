/** Files of examples/, bundled as text. */
declare module "*.yaml" {
  const text: string;
  export default text;
}

/** Set by the build: true only in the build that the tests of failures use. */
declare const TEST_BUILD: boolean;
