import { expect, test } from "vitest";
import { sharedAnswer } from "./shared-answer.ts";

test("who asks while the answer is awaited shares it, and who asks later gets a new one", async () => {
  const asked: PromiseWithResolvers<number>[] = [];
  const share = sharedAnswer(() => {
    const question = Promise.withResolvers<number>();
    asked.push(question);
    return question.promise;
  });
  const waiting = Array.from({ length: 100 }, () => share());
  asked[0]?.resolve(1);
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([1]));
  const later = share();
  expect(asked).toHaveLength(2);
  asked[1]?.reject(new Error("no answer"));
  await expect(later).rejects.toThrow("no answer");
  void share();
  expect(asked).toHaveLength(3);
});
