import { lazy, type ReactNode } from 'react';

/** Light modules around the symbol, which readers need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

interface QrCodeProps {
  readonly text: string;
  /** What is in it, for those who cannot see it. */
  readonly label: string;
  /** Pixels. */
  readonly size: number;
}

/** A QR code; suspends. Dark on light in either colour scheme, because many readers do not know inverted symbols. */
export const QrCode = lazy(async () => {
  const { encodeQR } = await import('qr');
  const Symbol = ({ text, label, size }: QrCodeProps): ReactNode => {
    const rows = encodeQR(text, 'raw', { border: QUIET_ZONE });
    const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return (
      <svg
        role="img"
        aria-label={label}
        width={size}
        height={size}
        viewBox={`0 0 ${rows.length} ${rows.length}`}
        shapeRendering="crispEdges"
      >
        <rect width="100%" height="100%" fill="white" />
        <path d={dark.join('')} fill="black" />
      </svg>
    );
  };
  return { default: Symbol };
});
