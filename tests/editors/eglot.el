;;; eglot.el --- Opens a file with a finding, looks at what is shown, takes the first fix  -*- lexical-binding: t -*-

(require 'cl-lib)
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)

;; Debian does not carry it; the configuration needs nothing of it but its name.
(define-derived-mode terraform-mode prog-mode "Terraform")
(add-to-list 'auto-mode-alist '("\\.tf\\'" . terraform-mode))
(require 'yaml-mode)

(defun try-told ()
  "What is shown of the policy."
  (cl-remove-if-not (lambda (one) (string-match-p "IMDS01\\|accepts IMDSv1" (flymake-diagnostic-text one)))
                    (flymake-diagnostics)))

(defun try-wait (what is)
  "Wait until IS holds, or fail with WHAT."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall is))
      (when (> (float-time) end)
        (error "Not within 20 s: %s; %S" what (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
      (accept-process-output nil 0.05))))

(defun try-equal (what found expected)
  "Fail with WHAT unless FOUND is EXPECTED."
  (unless (equal found expected)
    (error "%s is %S, expected %S" what found expected)))

(defun try-file (name literal mended)
  "In the file NAME, LITERAL is found and becomes MENDED."
  (find-file name)
  (eglot-ensure)
  (run-hooks 'post-command-hook)
  (try-wait "eglot manages the buffer" (lambda () (eglot-managed-p)))
  (flymake-start)
  (try-wait (concat name " has its finding") #'try-told)
  (try-equal "how many" (length (try-told)) 1)
  (let* ((finding (car (try-told)))
         (from (flymake-diagnostic-beg finding))
         (to (flymake-diagnostic-end finding)))
    (try-equal "the place" (buffer-substring-no-properties from to) literal)
    (try-equal "the severity" (flymake-diagnostic-type finding) 'eglot-error)
    (let* ((actions (eglot-code-actions from to "quickfix"))
           (fix (cl-find-if-not (lambda (one) (string-prefix-p "Except " (plist-get one :title))) actions)))
      (unless fix (error "No fix is offered: %S" actions))
      (eglot--apply-workspace-edit (plist-get fix :edit))
      (try-equal "what was written" (buffer-substring-no-properties from (+ from (length mended))) mended)
      (eglot--signal-textDocument/didChange)
      (try-wait "it is gone" (lambda () (flymake-start) (null (try-told))))
      (princ (format "ok: %s, \"%s\"\n" name (plist-get fix :title))))
    (set-buffer-modified-p nil)))

(setq enable-local-variables nil
      create-lockfiles nil
      make-backup-files nil
      eglot-confirm-server-initiated-edits nil
      eglot-sync-connect 20)
(load (getenv "KEYLESS_RECIPE") nil t)
(condition-case why
    (progn
      (try-file "main.tf" "optional" "required")
      (try-file "template.yaml" "optional" "required"))
  (error (princ (format "%s\n" (error-message-string why)) #'external-debugging-output) (kill-emacs 1)))
(kill-emacs 0)
;;; eglot.el ends here
