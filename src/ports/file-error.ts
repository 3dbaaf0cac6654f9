import { FILE_FAULTS, type FileFault } from '../core/messages/file-faults.ts';

/** A file that cannot be used, for a reason the user can fix. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(FILE_FAULTS[fault].what);
    this.fault = fault;
  }
}
