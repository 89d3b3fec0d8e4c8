import { Alert, Button, Group, List, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session.ts';
import { BulkBar } from '../../shared/data-table/bulk-bar.tsx';
import type { Chosen } from '../../shared/data-table/selection.ts';
import { notify } from '../../shared/notify.ts';
import { problemText, refusalText } from '../../shared/problem-text.ts';
import { actOn, memberOf, type Act, type Outcome, type Refusal } from './acts.ts';
import { MOST_PRINTED, saveLabels, saveSlips } from './documents.ts';
import type { LeftOut } from './left-out.ts';
import { SaveButton } from '../../shared/save-button.tsx';
import type { Summary } from './orders-query.ts';
import { MOST_TAG } from './view.ts';
import './texts.ts';

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));

interface BulkProps {
  readonly chosen: readonly Summary[];
  readonly select: (chosen: Chosen) => void;
}

/** What can be done with the chosen orders. Those that were refused stay chosen. */
export const Bulk = ({ chosen, select }: BulkProps): ReactNode => {
  const { t } = useTranslation();
  const me = memberOf(useSession());
  const queries = useQueryClient();
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  /** The orders as they were when the dialog opened. */
  const [dialog, setDialog] = useState<{ kind: 'cancel' | 'hold'; orders: readonly Summary[] }>();
  const [tag, setTag] = useState('');
  /** Orders without a label in the file that was saved last. */
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>([]);

  const show = (act: Act, outcome: Outcome): void => {
    setRefused(outcome.refused);
    select(new Set(outcome.refused.map(({ orderId }) => orderId)));
    const values = { count: outcome.done, tag: 'tag' in act ? act.tag : '' };
    if (outcome.done > 0) notify({ color: 'teal', message: t(`orders.bulk.done.${act.act}`, values) });
  };
  const apply = useMutation({
    mutationFn: (act: Act) => actOn(chosen, act),
    onSuccess: async (outcome, act) => {
      show(act, outcome);
      if ('tag' in act) setTag('');
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  const does = (act: Act['act']): boolean => apply.isPending && apply.variables.act === act;
  const withTag = (act: 'add_tag' | 'remove_tag'): void => {
    if (tag.trim() !== '' && !apply.isPending) apply.mutate({ act, tag: tag.trim() });
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    withTag('add_tag');
  };
  const clear = (): void => {
    select(new Set());
    setRefused([]);
    setLeftOut([]);
  };
  if (chosen.length === 0 && refused.length === 0) return null;
  const tags = [...new Set(chosen.flatMap((order) => order.tags))].sort();
  const button = { variant: 'default', size: 'xs' } as const;
  const noTag = tag.trim() === '';

  return (
    <>
      <BulkBar label={t('orders.bulk.name')} count={chosen.length} clear={clear}>
        <form onSubmit={onSubmit}>
          <Group gap={4}>
            <TextInput
              size="xs"
              w={{ base: 90, sm: 130 }}
              aria-label={t('orders.bulk.tag')}
              placeholder={t('orders.bulk.tag')}
              list="chosen-tags"
              autoComplete="off"
              maxLength={MOST_TAG}
              value={tag}
              onChange={(event) => setTag(event.currentTarget.value)}
            />
            <datalist id="chosen-tags">
              {tags.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            <Button {...button} type="submit" disabled={noTag} loading={does('add_tag')}>
              {t('orders.bulk.addTag')}
            </Button>
            <Button
              {...button}
              disabled={noTag}
              loading={does('remove_tag')}
              onClick={() => withTag('remove_tag')}
            >
              {t('orders.bulk.removeTag')}
            </Button>
          </Group>
        </form>
        <Button
          {...button}
          loading={does('assign')}
          onClick={() => apply.mutate({ act: 'assign', assignee: me })}
        >
          {t('orders.bulk.assign')}
        </Button>
        <Button {...button} loading={does('unassign')} onClick={() => apply.mutate({ act: 'unassign' })}>
          {t('orders.bulk.unassign')}
        </Button>
        <Button {...button} loading={does('ship')} onClick={() => apply.mutate({ act: 'ship' })}>
          {t('parcel.ship')}
        </Button>
        <Button {...button} onClick={() => setDialog({ kind: 'hold', orders: chosen })}>
          {t('parcel.hold')}
        </Button>
        {chosen.some(({ on_hold: isOnHold }) => isOnHold) && (
          <Button {...button} loading={does('release')} onClick={() => apply.mutate({ act: 'release' })}>
            {t('parcel.release')}
          </Button>
        )}
        {chosen.length <= MOST_PRINTED && (
          <>
            <SaveButton size="xs" label={t('orders.bulk.slips')} save={() => saveSlips(chosen)} />
            <SaveButton
              size="xs"
              label={t('orders.bulk.labels')}
              save={async () => setLeftOut(await saveLabels(chosen))}
            />
          </>
        )}
        <Button {...button} onClick={() => setDialog({ kind: 'cancel', orders: chosen })}>
          {t('orders.bulk.cancel')}
        </Button>
        {leftOut.length > 0 && (
          <Alert
            w="100%"
            color="yellow"
            role="alert"
            title={t('orders.bulk.leftOut', { count: leftOut.length })}
            withCloseButton
            closeButtonLabel={t('act.close')}
            onClose={() => setLeftOut([])}
          >
            <List size="sm" className="short" tabIndex={0}>
              {leftOut.map(({ number, reason }) => (
                <List.Item key={number}>
                  <span className="mono">{number}</span>: {t(`orders.bulk.leftOutWhy.${reason}`)}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {refused.length > 0 && (
          <Alert
            w="100%"
            color="red"
            title={t('orders.bulk.refused', { count: refused.length })}
            withCloseButton
            closeButtonLabel={t('orders.bulk.hideRefused')}
            onClose={() => setRefused([])}
          >
            <List size="sm" className="short" tabIndex={0}>
              {refused.map(({ orderId, number, code, detail }) => (
                <List.Item key={orderId}>
                  <span className="mono">{number}</span>:{' '}
                  {refusalText(code, detail, t) || t('problem.unexpected')}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </BulkBar>
      {dialog && (
        <Suspense>
          <BulkDialog {...dialog} close={() => setDialog(undefined)} done={show} />
        </Suspense>
      )}
    </>
  );
};
