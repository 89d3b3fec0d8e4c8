import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const MOST_REASON = 500;

interface SaveBarProps {
  readonly hasFaults: boolean;
  readonly isSaving: boolean;
  /** What must end before the form can be saved, as the text of the button. */
  readonly waitingFor?: string | undefined;
  readonly discard: () => void;
  /** For the audit trail. */
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

/** Below a form with changes that are not saved; inside it. */
export const SaveBar = ({
  hasFaults,
  isSaving,
  waitingFor,
  discard,
  reason,
  onReason,
}: SaveBarProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <div className="sticky-bar" style={{ marginTop: 16 }}>
      <Group justify="space-between" gap="sm">
        <Text
          size="sm"
          fw={600}
          {...(hasFaults ? { c: 'var(--mantine-color-error)' } : {})}
          aria-live="polite"
        >
          {hasFaults ? t('form.faults') : t('form.unsaved')}
        </Text>
        <Group gap="xs" justify="flex-end" flex={1}>
          <TextInput
            flex={1}
            maw={320}
            miw={160}
            maxLength={MOST_REASON}
            aria-label={t('audit.optionalReason')}
            placeholder={t('audit.optionalReason')}
            value={reason}
            onChange={({ currentTarget: { value } }) => onReason(value)}
          />
          <Button variant="default" onClick={discard} disabled={isSaving}>
            {t('act.discard')}
          </Button>
          <Button type="submit" loading={isSaving} disabled={waitingFor !== undefined}>
            {waitingFor ?? t('act.save')}
          </Button>
        </Group>
      </Group>
    </div>
  );
};
