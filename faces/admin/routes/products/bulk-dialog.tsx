import {
  Alert,
  Button,
  Group,
  List,
  Loader,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, dataOf, type Schemas } from '../../api.ts';
import { Modal } from '../../shared/modal.tsx';
import { textIn } from '../../shared/form/text-in.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { CHANGES, priceEditOf, ROUNDINGS, type PriceForm, type RoundingName } from './price-edit.ts';
import { filterOf, priceListsQuery } from './products-query.ts';
import { useCategories } from './use-categories.ts';
import type { ProductsView } from './view.ts';
import './texts.ts';

type Edits = Schemas['ProductEdits'];

const KINDS = ['price', 'category', 'tags', 'status'] as const;
type Kind = (typeof KINDS)[number];

const MOST_REASON = 500;
const MOST_SHOWN = 20;

interface BulkDialogProps {
  /** Chosen products; none means all that the view shows. */
  readonly selected: readonly Schemas['StaffSummary'][];
  readonly view: ProductsView;
  readonly close: () => void;
}

/** Changes many products in the background, and shows how far that is. */
const BulkDialog = ({ selected, view, close }: BulkDialogProps): ReactNode => {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<string>();
  return (
    <Modal
      opened
      onClose={close}
      title={selected.length > 0 ? t('bulk.titleSelected', { count: selected.length }) : t('bulk.titleAll')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      {begun === undefined ? (
        <BulkForm selected={selected} view={view} close={close} begin={setBegun} />
      ) : (
        <BulkProgress bulkEditId={begun} close={close} />
      )}
    </Modal>
  );
};

interface BulkFormProps extends BulkDialogProps {
  readonly begin: (bulkEditId: string) => void;
}

const BulkForm = ({ selected, view, close, begin }: BulkFormProps): ReactNode => {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const keyed = useKeyed();
  const categories = useCategories();
  const { data: lists = [] } = useQuery(priceListsQuery);
  const [kind, setKind] = useState<Kind>('price');
  const [price, setPrice] = useState<PriceForm>({
    change: 'percent',
    value: '',
    rounding: 'none',
    list: '',
  });
  const [isTried, setTried] = useState(false);
  const start = useMutation({
    mutationFn: ({ edits, reason }: { readonly edits: Edits; readonly reason: string }) =>
      keyed((key) =>
        dataOf(
          api.POST('/api/v1/bulk-edits', {
            params: { header: { 'Idempotency-Key': key, ...auditReason(reason) } },
            body: {
              ...(selected.length > 0
                ? { product_ids: selected.map(({ product_id: id }) => id) }
                : { filter: filterOf(view) }),
              edits,
            },
          }),
        ),
      ),
    onSuccess: ({ bulk_edit_id: id }) => begin(id),
  });
  const editsIn = (form: HTMLFormElement): Edits | undefined => {
    const tags = (name: string): string[] =>
      textIn(form, name)
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean);
    switch (kind) {
      case 'price': {
        const edit = priceEditOf(price, locale);
        return edit && { price: edit };
      }
      case 'category': {
        const id = textIn(form, 'category');
        return id === '' ? undefined : { category_id: id };
      }
      case 'tags': {
        const [add, remove] = [tags('add'), tags('remove')];
        if (add.length + remove.length === 0) return undefined;
        return {
          ...(add.length > 0 ? { add_tags: add } : {}),
          ...(remove.length > 0 ? { remove_tags: remove } : {}),
        };
      }
      case 'status':
        return { status: textIn(form, 'status') === 'draft' ? 'draft' : 'published' };
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    const edits = editsIn(event.currentTarget);
    if (edits && !start.isPending) start.mutate({ edits, reason: textIn(event.currentTarget, 'reason') });
  };
  const fault = isTried ? t(`bulk.missing.${kind}`) : undefined;
  return (
    <form noValidate onSubmit={onSubmit}>
      <Stack gap="md">
        {start.error && (
          <Alert color="red" role="alert">
            {problemText(start.error, t)}
          </Alert>
        )}
        {selected.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('bulk.allHint')}
          </Text>
        )}
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('bulk.what')}
          value={kind}
          onChange={(value) => {
            setKind(KINDS.find((one) => one === value) ?? 'price');
            setTried(false);
          }}
          data={KINDS.map((value) => ({ value, label: t(`bulk.kind.${value}`) }))}
        />
        {kind === 'price' && (
          <>
            <Group gap="xs" align="flex-start" wrap="nowrap">
              <NativeSelect
                flex={1}
                label={t('bulk.change')}
                value={price.change}
                data={CHANGES.map((value) => ({ value, label: t(`bulk.changes.${value}`) }))}
                onChange={({ currentTarget: { value } }) =>
                  setPrice({ ...price, change: CHANGES.find((one) => one === value) ?? 'percent' })
                }
              />
              <TextInput
                w={130}
                label={price.change === 'percent' ? t('bulk.percent') : t('bulk.value')}
                inputMode="text"
                autoComplete="off"
                placeholder={price.change === 'percent' ? '−10' : ''}
                value={price.value}
                onChange={({ currentTarget: { value } }) => setPrice({ ...price, value })}
                error={isTried && !priceEditOf(price, locale) ? fault : undefined}
                data-autofocus
              />
            </Group>
            <Group gap="xs" grow>
              <NativeSelect
                label={t('bulk.rounding')}
                value={price.rounding}
                data={(Object.keys(ROUNDINGS) as RoundingName[]).map((value) => ({
                  value,
                  label: t(`bulk.roundings.${value}`),
                }))}
                onChange={({ currentTarget: { value } }) =>
                  setPrice({
                    ...price,
                    rounding:
                      (Object.keys(ROUNDINGS) as RoundingName[]).find((one) => one === value) ?? 'none',
                  })
                }
              />
              {lists.length > 0 && (
                <NativeSelect
                  label={t('bulk.list')}
                  value={price.list}
                  data={[
                    { value: '', label: t('bulk.ownPrice') },
                    ...lists.map(({ code, name, currency }) => ({
                      value: code,
                      label: `${name} (${currency})`,
                    })),
                  ]}
                  onChange={({ currentTarget: { value: list } }) => setPrice({ ...price, list })}
                />
              )}
            </Group>
          </>
        )}
        {kind === 'category' && (
          <NativeSelect
            name="category"
            label={t('product.field.categoryId')}
            data={[{ value: '', label: t('bulk.choose') }, ...categories]}
            error={fault}
            data-autofocus
          />
        )}
        {kind === 'tags' && (
          <>
            <TextInput
              name="add"
              label={t('bulk.addTags')}
              description={t('product.tagsHint')}
              error={fault}
            />
            <TextInput name="remove" label={t('bulk.removeTags')} description={t('product.tagsHint')} />
          </>
        )}
        {kind === 'status' && (
          <NativeSelect
            name="status"
            label={t('product.field.status')}
            data={[
              { value: 'published', label: t('products.stage.published') },
              { value: 'draft', label: t('products.stage.draft') },
            ]}
          />
        )}
        <TextInput name="reason" label={t('audit.optionalReason')} maxLength={MOST_REASON} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {selected.length > 0 ? t('bulk.apply', { count: selected.length }) : t('bulk.applyAll')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface BulkProgressProps {
  readonly bulkEditId: string;
  readonly close: () => void;
}

const POLL_MS = 400;

const BulkProgress = ({ bulkEditId, close }: BulkProgressProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ['bulk-edits', bulkEditId],
    queryFn: () =>
      dataOf(
        api.GET('/api/v1/bulk-edits/{bulk_edit_id}', { params: { path: { bulk_edit_id: bulkEditId } } }),
      ),
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : POLL_MS),
  });
  const isOver = data !== undefined && data.state !== 'running';
  const isClean = isOver && data.state === 'done' && data.counts.rejected === 0;
  useEffect(() => {
    if (!isOver) return;
    void queries.invalidateQueries({ queryKey: ['products'] });
    if (!isClean) return;
    notify({ color: 'teal', message: t('bulk.done', { count: data.counts.updated }) });
    close();
  }, [isOver]);
  const counts = data?.counts ?? { updated: 0, unchanged: 0, rejected: 0 };
  return (
    <Stack gap="md" aria-live="polite">
      {error && (
        <Alert color="yellow" role="alert">
          {problemText(error, t)}
        </Alert>
      )}
      <Group gap="sm">
        {!isOver && <Loader size="sm" />}
        <Text size="sm">{t('bulk.progress', counts)}</Text>
      </Group>
      {data && data.failures.length > 0 && (
        <Alert color="red" title={t('bulk.failed', { count: counts.rejected })}>
          <List size="sm">
            {data.failures.slice(0, MOST_SHOWN).map(({ product_id: id, errors }) => (
              <List.Item key={id}>{errors.join(' ')}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant={isOver ? 'filled' : 'default'} onClick={close}>
          {isOver ? t('act.close') : t('bulk.inBackground')}
        </Button>
      </Group>
    </Stack>
  );
};

export default BulkDialog;
