// Fonts of a figure outside the page. Mathematical signs come from an alias of the system's fonts, which the file has to declare itself.

/** The alias as shell.css declares it for the page; local fonts only, so that the file needs nothing else. */
export const MATH_FONT_FACE =
  "@font-face { font-family: 'Gatescope Math'; " +
  "src: local('DejaVu Sans'), local('Segoe UI Symbol'), local('Apple Symbols'); " +
  'unicode-range: U+2016, U+2202, U+220F, U+221A, U+2218, U+2212, U+2190-21FF, U+23CE, U+25A0-25FF, U+2070-208E, ' +
  'U+00B2-00B3, U+00B9, U+0303, U+00D7, U+00B7; }';

const MATH_FONTS = ['"DejaVu Sans"', '"Segoe UI Symbol"', '"Apple Symbols"'];
const GENERIC = /^(system-ui|sans-serif|serif|monospace)$/;

/** The family with the fonts behind the alias named as well: programs without @font-face find the signs there. */
export function plainFonts(family: string): string {
  if (!family.includes('Gatescope Math')) return family;
  const names = family.split(/,\s*/);
  const generic = names.findIndex((name) => GENERIC.test(name));
  const at = generic < 0 ? names.length : generic;
  return [...names.slice(0, at), ...MATH_FONTS, ...names.slice(at)].join(', ');
}
