interface Tones {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
}

interface Grounds {
  readonly default: string;
  readonly emphasis: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
}

const light = hostConfig(
  {
    text: '#242424',
    subtle: '#565656',
    accent: '#4f52b2',
    good: '#0e6b0e',
    warning: '#835b00',
    attention: '#b10e1c',
  },
  {
    default: '#ffffff',
    emphasis: '#f3f2f1',
    accent: '#eceefb',
    good: '#e7f3e7',
    warning: '#fdf4dc',
    attention: '#fcebec',
  },
);

const dark = hostConfig(
  {
    text: '#ffffff',
    subtle: '#c4c4c4',
    accent: '#a9acff',
    good: '#9ad29a',
    warning: '#f7d774',
    attention: '#ff9ba4',
  },
  {
    default: '#292929',
    emphasis: '#333333',
    accent: '#2f3158',
    good: '#1d3a1f',
    warning: '#43360f',
    attention: '#4c1d22',
  },
);

export const lightConfig = light;
export const darkConfig = dark;

/** What Teams does with a card, as far as the renderer lets a host say it. */
function hostConfig(tones: Tones, grounds: Grounds) {
  const both = (colour: string) => ({ default: colour, subtle: colour });
  const foregroundColors = {
    default: { default: tones.text, subtle: tones.subtle },
    dark: { default: tones.text, subtle: tones.subtle },
    light: { default: tones.text, subtle: tones.subtle },
    accent: both(tones.accent),
    good: both(tones.good),
    warning: both(tones.warning),
    attention: both(tones.attention),
  };
  const containerStyles = Object.fromEntries(
    Object.entries(grounds).map(([name, backgroundColor]) => [name, { backgroundColor, foregroundColors }]),
  );
  return {
    fontFamily: "'Segoe UI', system-ui, sans-serif",
    fontSizes: { small: 12, default: 14, medium: 15, large: 17, extraLarge: 22 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 21, large: 23, extraLarge: 28 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 14 },
    separator: { lineThickness: 1, lineColor: '#80808066' },
    supportsInteractivity: true,
    containerStyles,
    // An own configuration loses the renderer's default, and with it every heading's level.
    textBlock: { headingLevel: 4 },
    factSet: {
      title: { color: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 130 },
      value: { color: 'default', wrap: true },
      spacing: 14,
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 12 },
    },
  };
}
