// What the pictures need to know of VS Code's current colour theme.
import { gateRamp, gradientRamp, signedRamp, type ColourRamp } from './colourRamps';

export interface Theme {
  isDark: boolean;
  highContrast: boolean;
  reduceMotion: boolean;
  gate: ColourRamp;
  gradient: ColourRamp;
  signed: ColourRamp;
}

/** Reads the theme off the document's body; call again when its class changes. */
export function readTheme(): Theme {
  const { classList } = document.body;
  const highContrast = classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
  const isDark = !classList.contains('vscode-light') && !classList.contains('vscode-high-contrast-light');
  const ground =
    getComputedStyle(document.body).getPropertyValue('--vscode-editor-background').trim() ||
    (isDark ? '#1f1f1f' : '#ffffff');
  return {
    isDark,
    highContrast,
    reduceMotion: classList.contains('vscode-reduce-motion'),
    gate: gateRamp(isDark),
    gradient: gradientRamp(isDark, ground),
    signed: signedRamp(isDark, ground),
  };
}
