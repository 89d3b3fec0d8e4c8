import {
  Alert,
  Anchor,
  Breadcrumbs,
  Button,
  Grid,
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
import { api, auditReason, versionedOf, type Schemas, type Versioned } from '../../api.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { SaveBar } from '../../shared/form/save-bar.tsx';
import { withTheirs } from '../../shared/form/three-way.ts';
import { isClash, useClash } from '../../shared/form/use-clash.ts';
import { useSaveKey } from '../../shared/form/use-save-key.ts';
import { notify } from '../../shared/notify.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { StageBadge } from '../products/stage.tsx';
import {
  fieldsOf,
  inputOf,
  NEW_COLLECTION,
  schemaOf,
  valuesFrom,
  valuesOf,
  type CollectionValues,
} from './collection-form.ts';
import { collectionQuery, fetchCollection } from './collections-query.ts';
import './texts.ts';

type Collection = Schemas['StaffCollection'];

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx'));
const Contents = lazy(() => import('./contents.tsx'));
const PicturePanel = lazy(() => import('./picture-panel.tsx'));
const Members = lazy(() => import('./members.tsx'));
const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));

const Detail = (): ReactNode => {
  const { collectionId } = Route.useParams();
  return collectionId === 'new' ? (
    <CollectionPage key="new" />
  ) : (
    <Loaded key={collectionId} collectionId={collectionId} />
  );
};

const Loaded = ({ collectionId }: { readonly collectionId: string }): ReactNode => (
  <Shown query={useQuery(collectionQuery(collectionId))} skeleton={<CardsSkeleton />}>
    {(stored) => <CollectionPage key={stored.etag} stored={stored} />}
  </Shown>
);

const CollectionPage = ({ stored }: { readonly stored?: Versioned<Collection> }): ReactNode => {
  const { t } = useTranslation();
  const { locale, ago } = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const keyed = useKeyed();
  const [reason, setReason] = useState('');
  const [uploads, setUploads] = useState(0);
  const [isDeleting, setDeleting] = useState(false);
  const isLeaving = useRef(false);
  const formRef = useRef<HTMLFormElement>(null);
  const collection = stored?.value;

  const form = useForm<CollectionValues>({
    resolver: zodResolver(
      schemaOf(locale, (fault) =>
        fault === 'required' || fault === 'long' || fault === 'slug'
          ? t(`product.fault.${fault}`)
          : t(`collections.fault.${fault}`),
      ),
    ),
    defaultValues: collection ? valuesOf(collection, locale) : NEW_COLLECTION,
  });
  const { errors, isDirty } = form.formState;
  useSaveKey(() => formRef.current?.requestSubmit());

  const { clash, forget, onRefused } = useClash({
    stored,
    fetchLatest: ({ collection_id: collectionId }) => fetchCollection(collectionId),
    fieldsIn: (data) => fieldsOf(valuesOf(data, locale)),
  });

  interface Saving {
    readonly values: CollectionValues;
    readonly onto: Versioned<Collection> | undefined;
  }
  const save = useMutation({
    mutationFn: ({ values, onto }: Saving) => {
      const body = inputOf(values, locale);
      const why = auditReason(reason);
      return onto === undefined
        ? keyed((key) =>
            versionedOf(
              api.POST('/api/v1/collections', {
                params: { header: { 'Idempotency-Key': key, ...why } },
                body,
              }),
            ),
          )
        : versionedOf(
            api.PUT('/api/v1/collections/{collection}', {
              params: {
                path: { collection: onto.value.collection_id },
                header: { 'If-Match': onto.etag, ...why },
              },
              body,
            }),
          );
    },
    onSuccess: async ({ value: { collection_id: collectionId } }) => {
      isLeaving.current = true;
      forget();
      notify({ color: 'teal', message: t('collections.saved') });
      for (const key of ['collections', 'collection']) await queries.invalidateQueries({ queryKey: [key] });
      await navigate({ to: '/collections/$collectionId', params: { collectionId }, replace: true });
    },
    onError: (error, { values }) => onRefused(error, fieldsOf(values)),
  });
  const submit: SubmitHandler<CollectionValues> = (values) => {
    if (!save.isPending && uploads === 0) save.mutate({ values, onto: stored });
  };

  return (
    <FormProvider {...form}>
      <Page
        title={collection?.name ?? t('collections.new')}
        above={
          <Breadcrumbs mb="xs" component="nav" aria-label={t('breadcrumbs')}>
            <Anchor size="sm" renderRoot={(props) => <Link to="/collections" {...props} />}>
              {t('menu.collections')}
            </Anchor>
            <Text size="sm" c="dimmed" maw={260} truncate>
              {collection?.name ?? t('collections.new')}
            </Text>
          </Breadcrumbs>
        }
        beside={collection && <StageBadge stage={collection.status} />}
        actions={
          stored && (
            <Button
              variant="default"
              leftSection={<IconTrash size={16} />}
              disabled={isDirty}
              onClick={() => setDeleting(true)}
            >
              {t('collections.delete.open')}
            </Button>
          )
        }
      >
        {collection && (
          <Text size="sm" c="dimmed" mt={-8} mb="md">
            {t('product.changed', { when: ago(collection.updated_at) })}
          </Text>
        )}
        {save.error && !clash && !isClash(save.error) && (
          <Alert color="red" mb="md" role="alert">
            {problemText(save.error, t)}
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
                      error={errors.name?.message}
                      {...form.register('name')}
                    />
                    <Textarea
                      label={t('product.field.description')}
                      autosize
                      minRows={3}
                      maxRows={14}
                      error={errors.description?.message}
                      {...form.register('description')}
                    />
                  </Stack>
                </Panel>
                <Suspense>
                  <Contents />
                </Suspense>
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 4 }}>
              <Stack gap="md">
                <Panel title={t('product.visibility')}>
                  <Controller
                    control={form.control}
                    name="status"
                    render={({ field: { value, onChange } }) => (
                      <SegmentedControl
                        aria-label={t('product.field.status')}
                        fullWidth
                        value={value}
                        onChange={onChange}
                        data={[
                          { value: 'draft', label: t('products.stage.draft') },
                          { value: 'published', label: t('products.stage.published') },
                        ]}
                      />
                    )}
                  />
                </Panel>
                <Suspense>
                  <PicturePanel onUploads={setUploads} />
                </Suspense>
                <Panel title={t('product.seo')}>
                  <Stack gap="sm">
                    <TextInput
                      label={t('product.field.seoTitle')}
                      error={errors.seoTitle?.message}
                      {...form.register('seoTitle')}
                    />
                    <Textarea
                      label={t('product.field.seoDescription')}
                      autosize
                      minRows={2}
                      error={errors.seoDescription?.message}
                      {...form.register('seoDescription')}
                    />
                    <TextInput
                      label={t('product.field.seoSlug')}
                      description={t('collections.slugHint')}
                      error={errors.slug?.message}
                      {...form.register('slug')}
                    />
                  </Stack>
                </Panel>
                {stored?.value.status === 'published' && (
                  <Suspense>
                    <Members collectionId={stored.value.collection_id} etag={stored.etag} />
                  </Suspense>
                )}
              </Stack>
            </Grid.Col>
          </Grid>
          {isDirty && (
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
      {stored && isDeleting && (
        <Suspense>
          <DeleteDialog stored={stored} close={() => setDeleting(false)} />
        </Suspense>
      )}
    </FormProvider>
  );
};

export const Route = createLazyRoute('/shell/collections/$collectionId')({ component: Detail });
