// One line in the status bar's menu of languages: whether keyless runs, and which.

import { LanguageStatusSeverity, languages, type Disposable, type DocumentSelector } from 'vscode';

export interface Status extends Disposable {
  starting(): void;
  running(version: string): void;
  off(): void;
  failed(why: string): void;
}

export function status(selector: DocumentSelector): Status {
  const item = languages.createLanguageStatusItem('keyless', selector);
  item.name = 'keyless';
  const show = (text: string, severity: LanguageStatusSeverity, detail: string): void => {
    item.busy = false;
    item.text = text;
    item.severity = severity;
    item.detail = detail;
    item.command = { command: 'keyless.showOutput', title: 'Show Output' };
  };
  return {
    starting() {
      show('keyless', LanguageStatusSeverity.Information, 'is starting');
      item.busy = true;
    },
    running(version) {
      show('keyless', LanguageStatusSeverity.Information, version);
    },
    off() {
      show('keyless', LanguageStatusSeverity.Information, 'is switched off by keyless.enable');
    },
    failed(why) {
      show('keyless does not run', LanguageStatusSeverity.Error, why);
      item.command = { command: 'keyless.restart', title: 'Restart' };
    },
    dispose() {
      item.dispose();
    },
  };
}
