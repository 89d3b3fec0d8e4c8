import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Figures } from './home-query.ts';

const [WIDTH, HEIGHT, GAP] = [600, 120, 0.25];

/** A bar per day; the table below says the same. */
export const Bars = ({ figures: { currency, days } }: { readonly figures: Figures }): ReactNode => {
  const { t } = useTranslation();
  const { money, day: dayOf, number } = useFormat();
  const highest = Math.max(...days.map(({ gross }) => gross), 0.01);
  const step = WIDTH / days.length;
  const label = t('home.byDay', { currency });
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        style={{ width: '100%', height: HEIGHT, display: 'block' }}
      >
        {days.map(({ day, gross }, index) => {
          const height = Math.max(gross > 0 ? 2 : 0, (gross / highest) * HEIGHT);
          return (
            <rect
              key={day}
              x={(index + GAP / 2) * step}
              y={HEIGHT - height}
              width={step * (1 - GAP)}
              height={height}
              rx={2}
              fill="var(--mantine-primary-color-filled)"
            >
              <title>{`${dayOf(day)}: ${money(gross, currency)}`}</title>
            </rect>
          );
        })}
      </svg>
      <details style={{ marginTop: 8 }}>
        <summary style={{ cursor: 'pointer', fontSize: 13 }}>{label}</summary>
        <table className="table lines" aria-label={label}>
          <thead>
            <tr>
              <Th>{t('home.day')}</Th>
              <Th ta="right">{t('home.orders')}</Th>
              <Th ta="right">{t('home.gross')}</Th>
              <Th ta="right">{t('home.refunded')}</Th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, orders, gross, refunded }) => (
              <tr key={day}>
                <Td>{dayOf(day)}</Td>
                <Td ta="right">{number(orders)}</Td>
                <Td ta="right">{money(gross, currency)}</Td>
                <Td ta="right">{money(refunded, currency)}</Td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
};
