import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { notify } from '../../shared/notify.ts';
import { discard, redrive, runNow, SYSTEM, type Letter, type Task } from './system-query.ts';

export type Act =
  | { readonly kind: 'redrive' | 'discard'; readonly service: string; readonly letters: readonly Letter[] }
  | { readonly kind: 'run'; readonly service: string; readonly tasks: readonly Task[] };

interface ActsProps {
  readonly act: Act;
  readonly close: () => void;
}

/** What operators do with what is stuck, each in its dialog. */
const Acts = ({ act, close }: ActsProps): ReactNode => {
  const { t } = useTranslation();
  const { service } = act;
  switch (act.kind) {
    case 'redrive':
      return (
        <ActDialog
          title={t('system.redrive.open')}
          text={t('system.redrive.text', { count: act.letters.length })}
          submitLabel={t('system.redrive.open')}
          done={t('system.redrive.done')}
          close={close}
          changes={SYSTEM}
          send={(reason) => redrive(service, act.letters, reason)}
          onDone={(outcomes) => {
            const [failed] = outcomes.filter(({ outcome }) => outcome === 'parked');
            if (failed)
              notify({ color: 'red', message: t('system.redrive.again', { error: failed.error ?? '' }) });
          }}
        />
      );
    case 'discard':
      return (
        <ActDialog
          title={t('system.discard.open')}
          text={t('system.discard.text', { count: act.letters.length })}
          submitLabel={t('system.discard.open')}
          color="red"
          done={t('system.discard.done')}
          close={close}
          changes={SYSTEM}
          send={(reason) => discard(service, act.letters, reason)}
        />
      );
    case 'run':
      return (
        <ActDialog
          title={t('system.run.open')}
          text={t('system.run.text', { count: act.tasks.length })}
          submitLabel={t('system.run.open')}
          done={t('system.run.done')}
          close={close}
          changes={SYSTEM}
          send={(reason) => runNow(service, act.tasks, reason)}
        />
      );
  }
};

export default Acts;
