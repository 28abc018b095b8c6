// The module that build.mjs makes of every *.test.ts in this folder.
declare module 'all-tests' {
  /** Loads every test file, which registers its tests with mocha. */
  export function register(): void;
}
