import {
  Alert,
  Anchor,
  Breadcrumbs,
  Grid,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { Controller, FormProvider, useForm, type SubmitHandler } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal, versionedOf, type Schemas, type Versioned } from '../../api.ts';
import { useMay } from '../../session.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { SaveBar } from '../../shared/form/save-bar.tsx';
import { withTheirs } from '../../shared/form/three-way.ts';
import { isClash, useClash } from '../../shared/form/use-clash.ts';
import { useSaveKey } from '../../shared/form/use-save-key.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import {
  fieldsOf,
  inputOf,
  NEW_PRODUCT,
  schemaOf,
  valuesFrom,
  valuesOf,
  type ProductValues,
} from './product-form.ts';
import { fetchProduct, productQuery } from './products-query.ts';
import { useCategories } from './use-categories.ts';
import { Pictures } from './pictures.tsx';
import { StageBadge } from './stage.tsx';
import './texts.ts';
import { Variants } from './variants.tsx';

type Product = Schemas['StaffProduct'];

const Acts = lazy(() => import('./acts.tsx'));
const Related = lazy(() => import('./related.tsx'));
const Seo = lazy(() => import('./seo.tsx'));
const Specifications = lazy(() => import('./specifications.tsx'));
const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));

const Detail = (): ReactNode => {
  const { productId } = Route.useParams();
  return productId === 'new' ? <ProductPage key="new" /> : <Loaded key={productId} productId={productId} />;
};

const Loaded = ({ productId }: { readonly productId: string }): ReactNode => {
  const query = useQuery(productQuery(productId));
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(stored) => <ProductPage key={stored.etag} stored={stored} />}
    </Shown>
  );
};

const ProductPage = ({ stored }: { readonly stored?: Versioned<Product> }): ReactNode => {
  const { t } = useTranslation();
  const { locale, ago } = useFormat();
  const may = useMay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const keyed = useKeyed();
  const categories = useCategories();
  const [reason, setReason] = useState('');
  const [uploads, setUploads] = useState(0);
  const isLeaving = useRef(false);
  const formRef = useRef<HTMLFormElement>(null);
  const product = stored?.value;
  const isReadOnly = !may('catalog:write') || product?.stage === 'trash';

  const form = useForm<ProductValues>({
    resolver: zodResolver(schemaOf(locale, (fault) => t(`product.fault.${fault}`))),
    defaultValues: product ? valuesOf(product, locale) : NEW_PRODUCT,
  });
  const { errors, isDirty } = form.formState;
  useSaveKey(() => formRef.current?.requestSubmit());

  const { clash, forget, onRefused } = useClash({
    stored,
    fetchLatest: ({ product_id: productId }) => fetchProduct(productId),
    fieldsIn: (data) => fieldsOf(valuesOf(data, locale)),
  });

  interface Saving {
    readonly values: ProductValues;
    readonly onto: Versioned<Product> | undefined;
  }
  const save = useMutation({
    mutationFn: ({ values, onto }: Saving) => {
      const body = inputOf(values, onto?.value, locale);
      const why = auditReason(reason);
      return onto === undefined
        ? keyed((key) =>
            versionedOf(
              api.POST('/api/v1/products', {
                params: { header: { 'Idempotency-Key': key, ...why } },
                body,
              }),
            ),
          )
        : versionedOf(
            api.PUT('/api/v1/products/{product_id}', {
              params: {
                path: { product_id: onto.value.product_id },
                header: { 'If-Match': onto.etag, ...why },
              },
              body,
            }),
          );
    },
    onSuccess: async ({ value }) => {
      isLeaving.current = true;
      forget();
      notify({ color: 'teal', message: t('product.saved') });
      await queries.invalidateQueries({ queryKey: ['products'] });
      await navigate({ to: '/products/$productId', params: { productId: value.product_id }, replace: true });
    },
    onError: (error, { values }) => onRefused(error, fieldsOf(values)),
  });
  const submit: SubmitHandler<ProductValues> = (values) => {
    if (!save.isPending && uploads === 0) save.mutate({ values, onto: stored });
  };

  return (
    <FormProvider {...form}>
      <Page
        title={product?.name ?? t('product.new')}
        above={
          <Breadcrumbs mb="xs" component="nav" aria-label={t('breadcrumbs')}>
            <Anchor size="sm" renderRoot={(props) => <Link to="/products" {...props} />}>
              {t('menu.products')}
            </Anchor>
            <Text size="sm" c="dimmed" maw={260} truncate>
              {product?.name ?? t('product.new')}
            </Text>
          </Breadcrumbs>
        }
        beside={product && <StageBadge stage={product.stage} />}
        actions={
          stored &&
          may('catalog:write') && (
            <Suspense>
              <Acts stored={stored} isDirty={isDirty} />
            </Suspense>
          )
        }
      >
        {product && (
          <Text size="sm" c="dimmed" mt={-8} mb="md">
            {t('product.changed', { when: ago(product.updated_at) })}
          </Text>
        )}
        {product?.stage === 'trash' && (
          <Alert color="red" mb="md" icon={<IconTrash size={18} />}>
            {t('product.inTrash')}
          </Alert>
        )}
        {save.error && !clash && !isClash(save.error) && (
          <Alert color="red" mb="md" role="alert">
            {problemText(save.error, t)}
            {isRefusal(save.error) &&
              save.error.problem.errors?.map(({ pointer, message }) => (
                <Text key={pointer} size="sm">{`${pointer} ${message}`}</Text>
              ))}
          </Alert>
        )}
        <form ref={formRef} noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 8 }}>
              <Stack gap="md">
                <Panel title={t('product.texts')}>
                  <Stack gap="sm">
                    <TextInput
                      label={t('product.field.name')}
                      required
                      readOnly={isReadOnly}
                      error={errors.name?.message}
                      {...form.register('name')}
                    />
                    <Textarea
                      label={t('product.field.description')}
                      autosize
                      minRows={4}
                      maxRows={14}
                      readOnly={isReadOnly}
                      error={errors.description?.message}
                      {...form.register('description')}
                    />
                  </Stack>
                </Panel>
                <Pictures isReadOnly={isReadOnly} onUploads={setUploads} />
                <Suspense>
                  <Specifications isReadOnly={isReadOnly} />
                </Suspense>
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 4 }}>
              <Stack gap="md">
                <Panel title={t('product.visibility')}>
                  <Stack gap="sm">
                    <Controller
                      control={form.control}
                      name="status"
                      render={({ field: { value, onChange } }) => (
                        <SegmentedControl
                          aria-label={t('product.field.status')}
                          fullWidth
                          readOnly={isReadOnly}
                          value={value}
                          onChange={onChange}
                          data={[
                            { value: 'draft', label: t('products.stage.draft') },
                            { value: 'published', label: t('products.stage.published') },
                          ]}
                        />
                      )}
                    />
                    <TextInput
                      type="datetime-local"
                      label={t('product.field.publishAt')}
                      readOnly={isReadOnly}
                      {...form.register('publishAt')}
                    />
                    <TextInput
                      type="datetime-local"
                      label={t('product.field.unpublishAt')}
                      readOnly={isReadOnly}
                      error={errors.unpublishAt?.message}
                      {...form.register('unpublishAt')}
                    />
                    <Text size="xs" c="dimmed">
                      {t('product.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
                    </Text>
                  </Stack>
                </Panel>
                <Panel title={t('product.organisation')}>
                  <Stack gap="sm">
                    <TextInput
                      label={t('product.field.brand')}
                      required
                      readOnly={isReadOnly}
                      error={errors.brand?.message}
                      {...form.register('brand')}
                    />
                    <NativeSelect
                      key={categories.length} // its options come after the value
                      label={t('product.field.categoryId')}
                      disabled={isReadOnly}
                      data={[{ value: '', label: t('product.noCategory') }, ...categories]}
                      {...form.register('categoryId')}
                    />
                    <TextInput
                      label={t('product.field.tags')}
                      description={t('product.tagsHint')}
                      readOnly={isReadOnly}
                      error={errors.tags?.message}
                      {...form.register('tags')}
                    />
                  </Stack>
                </Panel>
                <Suspense>
                  <Related productId={product?.product_id} isReadOnly={isReadOnly} />
                </Suspense>
              </Stack>
            </Grid.Col>
            <Grid.Col span={12}>
              <Stack gap="md">
                <Variants stored={product?.variants ?? []} isReadOnly={isReadOnly} />
                <Suspense>
                  <Seo isReadOnly={isReadOnly} />
                </Suspense>
              </Stack>
            </Grid.Col>
          </Grid>
          {isDirty && !isReadOnly && (
            <SaveBar
              hasFaults={Object.keys(errors).length > 0}
              isSaving={save.isPending}
              waitingFor={uploads > 0 ? t('product.waiting') : undefined}
              discard={() => form.reset()}
              reason={reason}
              onReason={setReason}
            />
          )}
        </form>
      </Page>
      <LeaveGuard isUnsaved={() => isDirty && !isLeaving.current} />
      {clash && (
        <Suspense>
          <ConflictDialog
            conflicts={clash.merge.conflicts}
            isBusy={save.isPending}
            error={save.error}
            close={forget}
            save={(theirs) =>
              save.mutate({
                values: valuesFrom(withTheirs(clash.merge.merged, clash.merge.conflicts, theirs)),
                onto: clash.latest,
              })
            }
          />
        </Suspense>
      )}
    </FormProvider>
  );
};

export const Route = createLazyRoute('/shell/products/$productId')({ component: Detail });
