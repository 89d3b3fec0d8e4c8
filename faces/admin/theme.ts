import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';

/** Light badges and alerts get text that is dark enough to be read (WCAG 2.2 AA). */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'light' && input.variant !== 'outline') return colors;
  const dark = `color-mix(in srgb, var(--mantine-color-${input.color ?? 'indigo'}-9) 65%, black)`;
  return { ...colors, color: `light-dark(${dark}, ${colors.color})` };
};

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  colors: {
    // With a breath of blue, as the surfaces.
    dark: [
      '#d5d9e0',
      '#b6bcc8',
      '#9aa1ad',
      '#6a717e',
      '#3d434f',
      '#333842',
      '#272b33',
      '#1d2026',
      '#15171c',
      '#0f1115',
    ],
  },
  cursorType: 'pointer',
  defaultRadius: 'md',
  variantColorResolver,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.05rem' } } },
  // By name: `Modal.extend` would load the component with the first page.
  components: {
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 },
      styles: { root: { flex: 'none', maxWidth: 'none' }, label: { overflow: 'visible' } },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 } },
      styles: {
        content: { background: 'var(--shop-surface)' },
        header: { background: 'var(--shop-surface)' },
        title: { fontWeight: 650 },
      },
    },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  },
});

/** Colours with enough contrast on their backgrounds, which Mantine's own have not everywhere. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-dimmed': '#5c6470',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--shop-canvas': '#f6f7f9',
    '--shop-surface': '#ffffff',
    '--shop-line': '#e2e5ea',
  },
  dark: {
    '--mantine-color-placeholder': '#a0a6b0',
    '--mantine-color-dimmed': '#a9afba',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-body': '#15171c',
    '--shop-canvas': '#15171c',
    '--shop-surface': '#1d2026',
    '--shop-line': '#31353e',
  },
});
