// Writing to the process's streams to the end, also when the reader has gone.

/**
 * Resolves when `text` is handed over. A reader that closed its end (`tfcheck plan.json | head -1`) has read what it
 * wanted: that is no failure, and the exit code stays what the report says.
 */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => {
      if (error === undefined || error === null || isClosedPipe(error)) resolve();
      else reject(error);
    };
    // The error is given to the callback as well; without a listener it would end the process.
    stream.once("error", done);
    stream.write(text, done);
  });
}

function isClosedPipe(error: Error): boolean {
  return "code" in error && (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED");
}
