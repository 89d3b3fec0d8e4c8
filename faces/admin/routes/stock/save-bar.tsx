import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { textIn } from '../../shared/form/text-in.ts';
import { useSaveKey } from '../../shared/form/use-save-key.ts';
import { notify } from '../../shared/notify.ts';
import type { Edits } from '../../shared/sheet/sheet-state.ts';
import { useFormat } from '../../shared/use-format.ts';
import { showItems, storeStock } from './stock-api.ts';
import { changesOf, currentIn, storedIn, type Bases, type StockOutcome } from './stock-cells.ts';

interface SaveBarProps {
  readonly edits: Edits;
  readonly bases: Bases;
  readonly discard: () => void;
  /** Cells that cannot be stored as they are. */
  readonly invalid: number;
  readonly showInvalid: () => void;
  /** Conflicts must be resolved first. */
  readonly isBlocked: boolean;
  readonly onStored: (outcomes: readonly StockOutcome[]) => void;
}

const REASON_MOST = 200;

/** Saves all changed cells at once. */
export const SaveBar = ({
  edits,
  bases,
  discard,
  invalid,
  showInvalid,
  isBlocked,
  onStored,
}: SaveBarProps): ReactNode => {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  /** A request that is sent again, because no answer came, has the key that it had. */
  const keys = useRef(new Map<string, string>());
  const keyOf = (content: string): string => {
    const key = keys.current.get(content) ?? crypto.randomUUID();
    keys.current.set(content, key);
    return key;
  };
  useSaveKey(() => form.current?.requestSubmit());

  const save = useMutation({
    mutationFn: (reason: string) => storeStock(changesOf(edits, bases, locale), reason, keyOf),
    onSuccess: (outcomes) => {
      showItems(queries, currentIn(outcomes));
      void queries.invalidateQueries({ queryKey: ['stock', 'adjustments'] });
      onStored(outcomes);
      const stored = storedIn(outcomes).length;
      const open = outcomes.length - stored;
      notify({
        ...(open === 0
          ? { color: 'teal', message: t('stock.saved', { count: stored }) }
          : { color: 'red', message: t('stock.savedSome', { count: open, stored }) }),
      });
    },
  });
  const isReady = !save.isPending && invalid === 0 && !isBlocked;
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isReady && edits.size > 0) save.mutate(textIn(event.currentTarget, 'reason').trim());
  };

  return (
    <>
      <LeaveGuard isUnsaved={() => edits.size > 0} />
      {edits.size > 0 && (
        <form ref={form} onSubmit={onSubmit} className="sticky-bar">
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={600} aria-live="polite">
              {t('stock.changes', { count: edits.size })}
            </Text>
            {invalid > 0 && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                c="var(--mantine-color-error)"
                underline="always"
                onClick={showInvalid}
              >
                {t('stock.invalid', { count: invalid })}
              </Anchor>
            )}
            <Group gap="xs" flex={1} justify="flex-end">
              <TextInput
                name="reason"
                aria-label={t('stock.reason')}
                placeholder={t('stock.reason')}
                required
                maxLength={REASON_MOST}
                flex={1}
                maw={320}
                miw={140}
              />
              <Button variant="default" onClick={discard} disabled={save.isPending}>
                {t('act.discard')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!isReady && !save.isPending}>
                {t('act.save')}
              </Button>
            </Group>
          </Group>
        </form>
      )}
    </>
  );
};
