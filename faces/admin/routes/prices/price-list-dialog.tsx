import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import '../imports/texts.ts';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal, type Schemas } from '../../api.ts';
import { Modal } from '../../shared/modal.tsx';
import { textIn } from '../../shared/form/text-in.ts';
import { fromLocalInput, toLocalInput } from '../../shared/format.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useKeyed } from '../../shared/use-keyed.ts';

type PriceList = Schemas['PriceList'];

const MOST_REASON = 500;

interface PriceListDialogProps {
  /** Absent for a new one. */
  readonly stored?: PriceList;
  readonly close: () => void;
}

/** Makes a price list, or changes its name, priority and validity; code and currency stay. */
const PriceListDialog = ({ stored, close }: PriceListDialogProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const [isDeleting, setDeleting] = useState(false);
  const act = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () => {
      notify({ color: 'teal', message: isDeleting ? t('prices.deleted') : t('prices.saved') });
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['price-lists'] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const [from, until] = [fromLocalInput(textIn(form, 'from')), fromLocalInput(textIn(form, 'until'))];
    const why = auditReason(textIn(form, 'reason'));
    const update = {
      name: textIn(form, 'name').trim(),
      priority: Number(textIn(form, 'priority')),
      ...(from === undefined ? {} : { valid_from: from }),
      ...(until === undefined ? {} : { valid_until: until }),
    };
    if (act.isPending) return;
    act.mutate(() => {
      if (stored === undefined)
        return keyed((key) =>
          api.POST('/api/v1/price-lists', {
            params: { header: { 'Idempotency-Key': key, ...why } },
            body: {
              ...update,
              code: textIn(form, 'code').trim().toUpperCase(),
              currency: textIn(form, 'currency').trim().toUpperCase(),
            },
          }),
        );
      const params = {
        path: { price_list_id: stored.price_list_id },
        header: { 'If-Match': `"${stored.version}"`, ...why },
      };
      return isDeleting
        ? api.DELETE('/api/v1/price-lists/{price_list_id}', { params })
        : api.PUT('/api/v1/price-lists/{price_list_id}', { params, body: update });
    });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={stored ? t('prices.edit', { name: stored.name }) : t('prices.new')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {act.error && (
            <Alert color="red" role="alert">
              {isRefusal(act.error) && act.error.status === 412
                ? t('problem.PRECONDITION_FAILED')
                : problemText(act.error, t)}
            </Alert>
          )}
          <TextInput
            name="name"
            label={t('product.field.name')}
            required
            maxLength={100}
            defaultValue={stored?.name ?? ''}
            data-autofocus
          />
          {!stored && (
            <Group grow align="flex-end">
              <TextInput
                name="code"
                label={t('prices.code')}
                description={t('prices.codeHint')}
                required
                pattern="[A-Za-z0-9][A-Za-z0-9_\-]{1,39}"
                maxLength={40}
                placeholder="SALE-2026"
              />
              <TextInput
                name="currency"
                label={t('product.field.currency')}
                description={t('prices.fixed')}
                required
                pattern="[A-Za-z]{3}"
                maxLength={3}
                defaultValue="EUR"
              />
            </Group>
          )}
          <TextInput
            name="priority"
            type="number"
            label={t('prices.priority')}
            description={t('prices.priorityHint')}
            required
            min={0}
            max={1000}
            defaultValue={stored?.priority ?? 10}
          />
          <Group grow>
            <TextInput
              name="from"
              type="datetime-local"
              label={t('prices.from')}
              defaultValue={toLocalInput(stored?.valid_from)}
            />
            <TextInput
              name="until"
              type="datetime-local"
              label={t('prices.until')}
              defaultValue={toLocalInput(stored?.valid_until)}
            />
          </Group>
          <TextInput name="reason" label={t('audit.optionalReason')} maxLength={MOST_REASON} />
          {stored && (
            <Checkbox
              label={t('prices.delete')}
              checked={isDeleting}
              onChange={(event) => setDeleting(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('act.cancel')}
            </Button>
            <Button type="submit" loading={act.isPending} {...(isDeleting ? { color: 'red' } : {})}>
              {isDeleting ? t('imports.delete') : t('act.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

export default PriceListDialog;
