import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { InputError } from '#models/input.ts';

/** What a thread tells while it works on a question and when it is done. */
type Told<Progress, Answer> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly message: string };

/** Puts a question to a thread, so that the terminal stays alive and Ctrl-C is answered at once. */
export type Ask<Question, Progress, Answer> = (
  question: Question,
  heard: (progress: Progress) => void,
) => Promise<Answer>;

/**
 * Threads that run one of the files beside this one. As many run as there are questions at a time; a thread that is done is
 * kept for the next question, for which all it runs is compiled already.
 */
export function askThreads<Question, Progress, Answer>(worker: string): Ask<Question, Progress, Answer> {
  const file = new URL(`./${worker}${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const idle: Worker[] = [];
  return (question, heard) =>
    new Promise((resolve, reject) => {
      const thread = idle.pop() ?? new Worker(file);
      const listen = (told: Told<Progress, Answer>) => {
        if (told.kind === 'progress') return heard(told.progress);
        thread.off('message', listen).off('error', reject).off('exit', leave);
        // The process may end while it waits.
        thread.unref();
        idle.push(thread);
        if (told.kind === 'answer') resolve(told.answer);
        else reject(new InputError(told.message));
      };
      const leave = (code: number) => reject(new Error(`a thread of ${worker} ended with code ${code}`));
      thread.on('message', listen).on('error', reject).on('exit', leave);
      thread.ref();
      thread.postMessage(question);
    });
}

/** Answers every question that is put to this thread. */
export function answerQuestions<Question, Progress, Answer>(
  answer: (question: Question, tell: (progress: Progress) => void) => Answer,
): void {
  const tell = (told: Told<Progress, Answer>) => parentPort?.postMessage(told);
  parentPort?.on('message', (question: Question) => {
    try {
      tell({ kind: 'answer', answer: answer(question, (progress) => tell({ kind: 'progress', progress })) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      tell({ kind: 'refused', message: error.message });
    }
  });
}
