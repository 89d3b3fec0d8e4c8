import { Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, type Schemas } from '../../api.ts';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import {
  alternativesQuery,
  exchangeBody,
  exchangeQuoteQuery,
  returnQuoteQuery,
  type Return,
  type ReturnAct,
} from './returns-query.ts';
import './texts.ts';

type Line = Return['lines'][number];
type Condition = Schemas['ReturnCondition'];

const CONDITIONS = ['as_new', 'opened', 'used', 'damaged'] as const satisfies readonly Condition[];

interface DialogProps {
  readonly act: ReturnAct;
  readonly one: Return;
  readonly close: () => void;
}

/** What staff do about a return, each step in its dialog. */
const ReturnDialog = ({ act, one, close }: DialogProps): ReactNode => {
  const { t } = useTranslation();
  const keyed = useKeyed();
  const [words, setWords] = useState('');
  const [units, setUnits] = useState<ReadonlyMap<string, string>>(new Map());
  const [conditions, setConditions] = useState<ReadonlyMap<string, Condition>>(new Map());
  const [shipping, setShipping] = useState(false);
  /** What is sent in place of the variants that came back; the same if it does not say. */
  const [instead, setInstead] = useState<ReadonlyMap<string, string>>(new Map());
  const [isWaived, setIsWaived] = useState(false);
  const difference = useQuery({
    ...exchangeQuoteQuery(one, instead, isWaived),
    enabled: act === 'exchange',
  });
  const isOffer = act === 'exchange' && (difference.data?.due ?? 0) > 0;
  const quote = useQuery({ ...returnQuoteQuery(one, shipping), enabled: act === 'refund' });

  const mostOf = (line: Line): number => line.received_quantity ?? line.quantity;
  /** All that is expected is there; what is as new can be sold again. */
  const initialOf = (line: Line): number =>
    act === 'inspect' && line.condition !== 'as_new' ? 0 : mostOf(line);
  const textOf = (line: Line): string => units.get(line.variant_id) ?? String(initialOf(line));
  const isWrong = (line: Line): boolean =>
    !/^\d{1,7}$/.test(textOf(line)) || Number(textOf(line)) > mostOf(line);
  const conditionOf = (line: Line): Condition => conditions.get(line.variant_id) ?? 'as_new';

  const hasUnits = act === 'receive' || act === 'inspect';
  const lines =
    act === 'inspect' || act === 'exchange' ? one.lines.filter((line) => mostOf(line) > 0) : one.lines;
  const missingUnits = hasUnits && lines.some(isWrong) ? t('returns.unitsWrong') : undefined;
  const nothingCame =
    act === 'receive' && lines.every((line) => Number(textOf(line)) === 0)
      ? t('returns.nothingCame')
      : undefined;
  const noReason = act === 'reject' && words.trim() === '' ? t('returns.reasonMissing') : undefined;

  const send = (reason: string): Promise<unknown> => {
    const path = { order_id: one.order_id, return_id: one.return_id };
    const audited = auditReason(act === 'reject' ? words : reason);
    return keyed((key): Promise<unknown> => {
      const params = { path, header: { 'Idempotency-Key': key, ...audited } };
      switch (act) {
        case 'cancel':
          return api.PUT('/api/v1/orders/{order_id}/returns/{return_id}/cancel', {
            params: { path, header: audited },
          });
        case 'approve':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/approval', {
            params,
            body: words.trim() === '' ? {} : { instructions: words.trim() },
          });
        case 'reject':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/rejection', {
            params,
            body: { reason: words.trim() },
          });
        case 'receive':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/receipt', {
            params,
            body: {
              lines: lines.map((line) => ({
                variant_id: line.variant_id,
                quantity: Number(textOf(line)),
                condition: conditionOf(line),
              })),
            },
          });
        case 'inspect':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/inspection', {
            params,
            body: {
              lines: lines.map((line) => ({
                variant_id: line.variant_id,
                restock_quantity: Number(textOf(line)),
              })),
            },
          });
        case 'refund':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/refund', {
            params,
            body: { shipping },
          });
        case 'exchange':
          return api.POST('/api/v1/orders/{order_id}/returns/{return_id}/exchange', {
            params,
            body: exchangeBody(instead, isWaived),
          });
      }
    });
  };

  return (
    <ActDialog
      title={`${t(`returns.act.${act}`)} · ${one.number}`}
      text={t(`returns.text.${act}`)}
      submitLabel={t(isOffer ? 'returns.offer' : `returns.act.${act}`)}
      close={close}
      hasReason={act === 'refund' || act === 'exchange' || act === 'cancel'}
      missing={missingUnits ?? nothingCame ?? noReason}
      send={send}
      done={t(isOffer ? 'returns.offered' : `returns.done.${act}`)}
      changes="orders"
      {...(act === 'reject' || act === 'cancel' ? { color: 'red' } : {})}
    >
      {(act === 'approve' || act === 'reject') && (
        <Textarea
          label={t(act === 'approve' ? 'returns.instructions' : 'returns.rejection')}
          description={t(act === 'approve' ? 'returns.instructionsHint' : 'returns.rejectionHint')}
          maxLength={act === 'approve' ? 1_000 : 500}
          minRows={3}
          autosize
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
      )}
      {hasUnits && (
        <Stack gap="sm">
          {lines.map((line) => (
            <Group key={line.variant_id} gap="xs" align="flex-end" grow preventGrowOverflow={false}>
              <TextInput
                label={line.name}
                description={t(act === 'receive' ? 'returns.unitsCame' : 'returns.unitsRestocked', {
                  count: mostOf(line),
                })}
                inputMode="numeric"
                autoComplete="off"
                value={textOf(line)}
                error={isWrong(line)}
                onChange={({ currentTarget: { value } }) =>
                  setUnits(new Map(units).set(line.variant_id, value))
                }
              />
              {act === 'receive' && (
                <NativeSelect
                  aria-label={t('returns.conditionOf', { name: line.name })}
                  data={CONDITIONS.map((value) => ({ value, label: t(`returns.condition.${value}`) }))}
                  value={conditionOf(line)}
                  onChange={({ currentTarget: { value } }) => {
                    const condition = CONDITIONS.find((known) => known === value);
                    if (condition) setConditions(new Map(conditions).set(line.variant_id, condition));
                  }}
                />
              )}
            </Group>
          ))}
        </Stack>
      )}
      {act === 'exchange' &&
        lines.map((line) => (
          <Instead
            key={line.variant_id}
            line={line}
            value={instead.get(line.variant_id)}
            choose={(variantId) => {
              const next = new Map(instead);
              if (variantId === undefined) next.delete(line.variant_id);
              else next.set(line.variant_id, variantId);
              setInstead(next);
            }}
          />
        ))}
      {act === 'exchange' && (
        <Stack gap="xs">
          <Checkbox
            label={t('returns.waive')}
            description={t('returns.waiveHint')}
            checked={isWaived}
            onChange={(event) => setIsWaived(event.currentTarget.checked)}
          />
          {difference.error ? (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {problemText(difference.error, t)}
            </Text>
          ) : (
            <Difference quote={difference.isPlaceholderData ? undefined : difference.data} />
          )}
        </Stack>
      )}
      {act === 'refund' && (
        <Stack gap="xs">
          <Checkbox
            label={t('returns.withShipping')}
            checked={shipping}
            onChange={(event) => setShipping(event.currentTarget.checked)}
          />
          {quote.error ? (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {problemText(quote.error, t)}
            </Text>
          ) : (
            <Amount quote={quote.isPlaceholderData ? undefined : quote.data} />
          )}
        </Stack>
      )}
    </ActDialog>
  );
};

interface InsteadProps {
  readonly line: Line;
  readonly value: string | undefined;
  readonly choose: (variantId: string | undefined) => void;
}

/** What is sent for a line. */
const Instead = ({ line, value, choose }: InsteadProps): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { data = [] } = useQuery(alternativesQuery(line.product_id));
  const others = data.filter(({ variantId }) => variantId !== line.variant_id);
  return (
    <NativeSelect
      label={t('returns.sendFor', { name: line.name })}
      description={t('returns.sendForHint')}
      data={[
        { value: '', label: t('returns.theSame') },
        ...others.map(({ variantId, text, price, currency }) => ({
          value: variantId,
          label: `${text} · ${money(price, currency)}`,
        })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => choose(currentTarget.value || undefined)}
    />
  );
};

/** What an exchange charges or gives back. */
const Difference = ({ quote }: { readonly quote: Schemas['ExchangeQuote'] | undefined }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  if (!quote) return <Text size="sm">…</Text>;
  const { due, refund_amount: refund, currency } = quote;
  return (
    <Stack gap={2} aria-live="polite">
      {due > 0 && (
        <Text size="sm" fw={600}>
          {t('returns.due', { amount: money(due, currency) })}
        </Text>
      )}
      {refund > 0 && (
        <Text size="sm" fw={600}>
          {t('returns.givenBack', { amount: money(refund, currency) })}
        </Text>
      )}
      {due === 0 && refund === 0 && <Text size="sm">{t('returns.noDifference')}</Text>}
    </Stack>
  );
};

const Amount = ({ quote }: { readonly quote: Schemas['RefundQuote'] | undefined }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <Text size="sm" fw={600}>
      {t('returns.refund')}: {quote ? money(quote.amount, quote.currency) : '…'}
    </Text>
  );
};

export default ReturnDialog;
