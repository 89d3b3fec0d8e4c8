import {
  ActionIcon,
  Alert,
  Box,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal, type Schemas } from '../../api.ts';
import { decimalsOf } from '../../shared/format.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { parseNumber } from '../../shared/sheet/numbers.ts';
import { Td } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import type { RefundAction } from './actions.ts';
import { refundQuoteQuery, type Units } from './orders-query.ts';
import './texts.ts';

type Order = Schemas['Order'];
type Body = Schemas['RefundOfAmount'] | Schemas['RefundOfLines'];

interface RefundFormProps {
  readonly order: Order;
  /** What can be refunded now, as the shop says. */
  readonly action: RefundAction;
  readonly close: () => void;
}

const REASON_MOST = 200;

/** By lines, which the shop prices, or any amount. */
const RefundForm = ({ order, action, close }: RefundFormProps): ReactNode => {
  const { t } = useTranslation();
  const { money, locale } = useFormat();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const { currency } = order;
  const [by, setBy] = useState<'lines' | 'amount'>(
    action.lines.length > 0 || action.shipping ? 'lines' : 'amount',
  );
  const [quantities, setQuantities] = useState<ReadonlyMap<string, number>>(new Map());
  const [shipping, setShipping] = useState(false);
  const [isRestocked, setRestocked] = useState(false);
  const [amountText, setAmountText] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);

  const mostOf = (variantId: string): number =>
    action.lines.find(({ variant_id: id }) => id === variantId)?.quantity ?? 0;
  // Less may be left than was chosen, if another member of staff refunds at the same time.
  const units: readonly Units[] = order.items
    .map(({ variant_id: variantId }) => ({
      variantId,
      quantity: Math.min(quantities.get(variantId) ?? 0, mostOf(variantId)),
    }))
    .filter(({ quantity }) => quantity > 0);
  const withShipping = shipping && action.shipping;
  const isChosen = units.length > 0 || withShipping;
  const quote = useQuery({
    ...refundQuoteQuery(order.order_id, action.left, units, withShipping),
    enabled: by === 'lines' && isChosen,
  });

  const amount = amountIn(amountText, currency, locale);
  const faultOfAmount =
    amount === undefined
      ? t('refund.amountMissing')
      : amount > action.left
        ? t('refund.tooHigh', { most: money(action.left, currency) })
        : undefined;
  const previewed =
    by === 'amount'
      ? faultOfAmount === undefined
        ? amount
        : undefined
      : isChosen && !quote.isPlaceholderData
        ? quote.data?.amount
        : undefined;

  const refund = useMutation({
    mutationFn: (body: Body) =>
      keyed((key) =>
        api.POST('/api/v1/orders/{order_id}/refunds', {
          params: {
            path: { order_id: order.order_id },
            header: { 'Idempotency-Key': key, ...auditReason(body.reason) },
          },
          body,
        }),
      ),
    onSuccess: async () => {
      close();
      notify({
        color: 'teal',
        message: t('refund.done', { amount: money(previewed ?? 0, currency) }),
      });
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
    // Shows the current remainder with the refusal.
    onError: (error) => {
      if (isRefusal(error)) void queries.invalidateQueries({ queryKey: ['orders', 'one'] });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (refund.isPending || previewed === undefined || reason.trim() === '') return;
    refund.mutate(
      by === 'amount'
        ? { amount: previewed, currency, reason: reason.trim() }
        : {
            lines: units.map(({ variantId, quantity }) => ({
              variant_id: variantId,
              quantity,
              ...(isRestocked && { restock: true }),
            })),
            shipping: withShipping,
            reason: reason.trim(),
          },
    );
  };
  const setQuantity = (variantId: string, quantity: number): void =>
    setQuantities(new Map(quantities).set(variantId, Math.max(0, Math.min(quantity, mostOf(variantId)))));
  const chooseAll = (): void => {
    setQuantities(new Map(action.lines.map((line) => [line.variant_id, line.quantity])));
    setShipping(action.shipping);
  };

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {refund.error && (
          <Alert color="red" role="alert">
            {problemText(refund.error, t)}
          </Alert>
        )}
        {(action.lines.length > 0 || action.shipping) && (
          <SegmentedControl
            aria-label={t('refund.by')}
            value={by}
            onChange={(value) => setBy(value === 'amount' ? 'amount' : 'lines')}
            data={[
              { value: 'lines', label: t('refund.byLines') },
              { value: 'amount', label: t('refund.byAmount') },
            ]}
          />
        )}
        {by === 'lines' ? (
          <>
            <table className="table lines tight" aria-label={t('order.items')}>
              <tbody>
                {order.items.map((item) => (
                  <tr key={item.variant_id}>
                    <Td>
                      <Text size="sm" fw={500}>
                        {item.name}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {mostOf(item.variant_id) === 0
                          ? t('refund.noneLeft')
                          : t('refund.most', { count: mostOf(item.variant_id) })}
                      </Text>
                    </Td>
                    <Td ta="right" visibleFrom="xs">
                      {money(
                        quote.data?.lines.find(
                          ({ variant_id: id, quantity }) =>
                            isChosen && id === item.variant_id && quantity > 0,
                        )?.amount ?? 0,
                        currency,
                      )}
                    </Td>
                    <Td w={130}>
                      <Stepper
                        label={item.name}
                        value={units.find(({ variantId }) => variantId === item.variant_id)?.quantity ?? 0}
                        most={mostOf(item.variant_id)}
                        change={(quantity) => setQuantity(item.variant_id, quantity)}
                      />
                    </Td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Group justify="space-between">
              <Checkbox
                label={t('refund.shipping', { amount: money(order.shipping.price, currency) })}
                checked={withShipping}
                disabled={!action.shipping}
                onChange={(event) => setShipping(event.currentTarget.checked)}
              />
              <Button variant="subtle" size="compact-sm" onClick={chooseAll}>
                {t('refund.all')}
              </Button>
            </Group>
            {units.length > 0 && (
              <Checkbox
                label={t('refund.restock')}
                checked={isRestocked}
                onChange={(event) => setRestocked(event.currentTarget.checked)}
              />
            )}
            {isTried && !isChosen && (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {t('refund.nothingChosen')}
              </Text>
            )}
            {quote.error && isChosen && (
              <Alert color="red" role="alert">
                {problemText(quote.error, t)}
              </Alert>
            )}
          </>
        ) : (
          <TextInput
            label={t('refund.amount')}
            description={t('refund.atMost', { most: money(action.left, currency) })}
            inputMode="decimal"
            autoComplete="off"
            value={amountText}
            onChange={(event) => setAmountText(event.currentTarget.value)}
            rightSection={
              <Text size="sm" c="dimmed">
                {currency}
              </Text>
            }
            rightSectionWidth={52}
            error={isTried || amountText !== '' ? faultOfAmount : undefined}
          />
        )}
        <TextInput
          label={t('refund.reason')}
          description={t('refund.reasonHint')}
          maxLength={REASON_MOST}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isTried && reason.trim() === '' ? t('refund.reasonMissing') : undefined}
          autoFocus // the dialog was there before this form was loaded
        />
        <Preview order={order} left={action.left} amount={previewed ?? 0} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" loading={refund.isPending}>
            {previewed === undefined
              ? t('refund.submit')
              : t('refund.submitAmount', { amount: money(previewed, currency) })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Undefined unless it is an amount of the currency above zero. */
const amountIn = (text: string, currency: string, locale: string): number | undefined => {
  const value = parseNumber(text, locale);
  return value !== undefined && value > 0 && Number(value.toFixed(decimalsOf(currency))) === value
    ? value
    : undefined;
};

interface PreviewProps {
  readonly order: Order;
  /** Major units, as the amount. */
  readonly left: number;
  readonly amount: number;
}

const Preview = ({ order, left, amount }: PreviewProps): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <table className="table tight" aria-label={t('refund.preview')}>
      <tbody>
        <tr>
          <Td c="dimmed">{t('order.total')}</Td>
          <Td ta="right">{money(order.total_amount, order.currency)}</Td>
        </tr>
        <tr>
          <Td fw={600}>{t('refund.this')}</Td>
          <Td ta="right" fw={600}>
            {money(amount, order.currency)}
          </Td>
        </tr>
        <tr>
          <Td c="dimmed">{t('refund.left')}</Td>
          <Td ta="right">{money(Math.max(0, left - amount), order.currency)}</Td>
        </tr>
      </tbody>
    </table>
  );
};

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly change: (value: number) => void;
}

const Stepper = ({ label, value, most, change }: StepperProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ActionIcon
        variant="default"
        disabled={value === 0}
        onClick={() => change(value - 1)}
        aria-label={t('refund.fewer', { name: label })}
      >
        <IconMinus size={14} />
      </ActionIcon>
      <Box w={48}>
        <TextInput
          size="xs"
          inputMode="numeric"
          autoComplete="off"
          aria-label={t('refund.units', { name: label })}
          disabled={most === 0}
          value={String(value)}
          styles={{ input: { textAlign: 'center' } }}
          onChange={({ currentTarget: { value: text } }) => {
            if (/^\d{0,7}$/.test(text)) change(Number(text));
          }}
        />
      </Box>
      <ActionIcon
        variant="default"
        disabled={value >= most}
        onClick={() => change(value + 1)}
        aria-label={t('refund.more', { name: label })}
      >
        <IconPlus size={14} />
      </ActionIcon>
    </Group>
  );
};

export default RefundForm;
