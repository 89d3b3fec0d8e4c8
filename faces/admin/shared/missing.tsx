import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Blank, Failure } from './shown.tsx';

export const Missing = (): ReactNode => {
  const { t } = useTranslation();
  const { history } = useRouter();
  return (
    <Blank Icon={IconMapOff} title={t('state.noPage')} text={t('state.noPageText')}>
      <Button variant="default" onClick={() => history.back()}>
        {t('act.back')}
      </Button>
    </Blank>
  );
};

export const Broken = ({ error, reset }: ErrorComponentProps): ReactNode => {
  const router = useRouter();
  return (
    <Failure
      error={error}
      again={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
};
