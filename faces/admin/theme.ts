import {
  Badge,
  Button,
  createTheme,
  defaultVariantColorsResolver,
  Modal,
  NavLink,
  Table,
  Tooltip,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';

/** Light badges and alerts get text that is dark enough to be read (WCAG 2.2 AA). */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === 'light'
    ? { ...colors, color: `light-dark(var(--mantine-color-${input.color ?? 'indigo'}-9), ${colors.color})` }
    : colors;
};

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  variantColorResolver,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.05rem' } } },
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } }),
    Button: Button.extend({ defaultProps: { radius: 'md' } }),
    NavLink: NavLink.extend({ defaultProps: { variant: 'light' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 2 } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 400 } }),
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
