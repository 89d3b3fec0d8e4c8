import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';

interface CountsProps {
  readonly title: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly [name: string, ...counts: number[]])[];
}

/** A table of names with numbers. */
export const Counts = ({ title, names, rows }: CountsProps): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {rows.length === 0 ? (
        <Text size="sm">{t('home.none')}</Text>
      ) : (
        <table className="table" aria-label={title}>
          <thead>
            <tr>
              {names.map((name, index) => (
                <Th key={name} ta={index === 0 ? 'left' : 'right'}>
                  {name}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...counts]) => (
              <tr key={name}>
                <Td>{name}</Td>
                {counts.map((count, index) => (
                  <Td key={names[index + 1]} ta="right">
                    {number(count)}
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
};
