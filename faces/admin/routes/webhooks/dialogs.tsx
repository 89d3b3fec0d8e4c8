import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, dataOf, type Versioned } from '../../api.ts';
import { Modal } from '../../shared/modal.tsx';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { useKeyed } from '../../shared/use-keyed.ts';
import { EVENT_TYPES, eventTypesIn } from './view.ts';
import { WEBHOOKS, type Endpoint } from './webhooks-query.ts';

/** A secret that was just made, and whose it is. */
export interface Made {
  readonly endpointId: string;
  readonly secret: string;
}

export type EndpointAct = 'edit' | 'rotate' | 'disable' | 'enable' | 'delete' | 'test';

interface DialogProps {
  readonly close: () => void;
  readonly onMade: (made: Made) => void;
}

interface Content {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
}

const EMPTY: Content = { url: '', description: '', eventTypes: [] };

interface FieldsProps {
  readonly content: Content;
  readonly change: (content: Content) => void;
}

const Fields = ({ content, change }: FieldsProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.urlHint')}
        type="url"
        maxLength={2000}
        required
        data-autofocus
        value={content.url}
        onChange={({ currentTarget }) => change({ ...content, url: currentTarget.value })}
      />
      <TextInput
        label={t('webhooks.description')}
        maxLength={200}
        value={content.description}
        onChange={({ currentTarget }) => change({ ...content, description: currentTarget.value })}
      />
      <Checkbox.Group
        label={t('webhooks.events')}
        value={[...content.eventTypes]}
        onChange={(eventTypes) => change({ ...content, eventTypes })}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="sm" mt="xs">
          {EVENT_TYPES.map((type) => (
            <Checkbox key={type} value={type} label={<span className="mono">{type}</span>} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </>
  );
};

const bodyOf = ({ url, description, eventTypes }: Content) => ({
  url: url.trim(),
  description: description.trim(),
  event_types: [...eventTypesIn(eventTypes)],
});

export const NewEndpoint = ({ close, onMade }: DialogProps): ReactNode => {
  const { t } = useTranslation();
  const keyed = useKeyed();
  const [content, setContent] = useState(EMPTY);
  return (
    <ActDialog
      title={t('webhooks.new.open')}
      text={t('webhooks.new.text')}
      submitLabel={t('webhooks.new.submit')}
      done={t('webhooks.new.done')}
      close={close}
      changes={WEBHOOKS}
      missing={content.eventTypes.length === 0 ? t('webhooks.noEvents') : undefined}
      send={(reason) =>
        keyed((key) =>
          dataOf(
            api.POST('/api/v1/webhook-endpoints', {
              params: { header: { 'Idempotency-Key': key, ...auditReason(reason) } },
              body: bodyOf(content),
            }),
          ),
        )
      }
      onDone={({ endpoint, secret }) => onMade({ endpointId: endpoint.endpoint_id, secret })}
    >
      <Fields content={content} change={setContent} />
    </ActDialog>
  );
};

interface EndpointDialogProps extends DialogProps {
  readonly act: EndpointAct;
  readonly endpoint: Versioned<Endpoint>;
}

/** What administrators do with an endpoint, each in its dialog. */
export const EndpointDialog = ({ act, endpoint, close, onMade }: EndpointDialogProps): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const keyed = useKeyed();
  const { endpoint_id: endpointId, url } = endpoint.value;
  const path = { endpoint_id: endpointId };
  const version = { 'If-Match': endpoint.etag };
  switch (act) {
    case 'edit':
      return <EditEndpoint endpoint={endpoint} close={close} />;
    case 'disable':
    case 'enable':
      return (
        <ActDialog
          title={t(`webhooks.${act}.open`)}
          text={t(`webhooks.${act}.text`, { url })}
          submitLabel={t(`webhooks.${act}.open`)}
          {...(act === 'disable' ? { color: 'red' } : {})}
          done={t(`webhooks.${act}.done`)}
          close={close}
          changes={WEBHOOKS}
          send={(reason) =>
            api.PATCH('/api/v1/webhook-endpoints/{endpoint_id}', {
              params: { path, header: { ...version, ...auditReason(reason) } },
              body: { is_enabled: act === 'enable' },
            })
          }
        />
      );
    case 'delete':
      return (
        <ActDialog
          title={t('webhooks.delete.open')}
          text={t('webhooks.delete.text', { url })}
          submitLabel={t('webhooks.delete.open')}
          color="red"
          done={t('webhooks.delete.done')}
          close={close}
          changes={WEBHOOKS}
          send={async (reason) => {
            await api.DELETE('/api/v1/webhook-endpoints/{endpoint_id}', {
              params: { path, header: { ...version, ...auditReason(reason) } },
            });
            await navigate({ to: '/webhooks' });
          }}
        />
      );
    case 'rotate':
      return (
        <ActDialog
          title={t('webhooks.rotate.open')}
          text={t('webhooks.rotate.text')}
          submitLabel={t('webhooks.rotate.open')}
          done={t('webhooks.rotate.done')}
          close={close}
          changes={WEBHOOKS}
          send={(reason) =>
            keyed((key) =>
              dataOf(
                api.POST('/api/v1/webhook-endpoints/{endpoint_id}/secret-rotation', {
                  params: { path, header: { 'Idempotency-Key': key, ...auditReason(reason) } },
                }),
              ),
            )
          }
          onDone={({ secret }) => onMade({ endpointId, secret })}
        />
      );
    case 'test':
      return (
        <ActDialog
          title={t('webhooks.test.open')}
          text={t('webhooks.test.text', { url })}
          submitLabel={t('webhooks.test.open')}
          done={t('webhooks.test.done')}
          close={close}
          changes={WEBHOOKS}
          send={(reason) =>
            api.POST('/api/v1/webhook-endpoints/{endpoint_id}/test', {
              params: { path, header: auditReason(reason) },
            })
          }
        />
      );
  }
};

const EditEndpoint = ({
  endpoint: { value: endpoint, etag },
  close,
}: Pick<EndpointDialogProps, 'endpoint' | 'close'>): ReactNode => {
  const { t } = useTranslation();
  const [content, setContent] = useState<Content>({
    url: endpoint.url,
    description: endpoint.description,
    eventTypes: endpoint.event_types,
  });
  return (
    <ActDialog
      title={t('webhooks.edit.open')}
      text={t('webhooks.edit.text')}
      submitLabel={t('act.save')}
      done={t('webhooks.edit.done')}
      close={close}
      changes={WEBHOOKS}
      missing={content.eventTypes.length === 0 ? t('webhooks.noEvents') : undefined}
      send={(reason) =>
        api.PATCH('/api/v1/webhook-endpoints/{endpoint_id}', {
          params: {
            path: { endpoint_id: endpoint.endpoint_id },
            header: { 'If-Match': etag, ...auditReason(reason) },
          },
          body: bodyOf(content),
        })
      }
    >
      <Fields content={content} change={setContent} />
    </ActDialog>
  );
};

interface SecretDialogProps {
  readonly secret: string;
  readonly close: () => void;
}

/** The only time that the secret is seen. */
export const SecretDialog = ({ secret, close }: SecretDialogProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={close}
      title={t('webhooks.secret.title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack gap="md">
        <Alert color="yellow">{t('webhooks.secret.once')}</Alert>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} data-autofocus>
                {copied ? t('act.copied') : t('act.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={close}>{t('webhooks.secret.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
};
