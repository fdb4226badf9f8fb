package libpilot;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** A handle that calls on any number of threads share, and that close waits for them to be done with. */
abstract class Handled<H> implements AutoCloseable {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Consumer<H> release;
    private H handle; // null: closed

    Handled(H handle, Consumer<H> release) {
        this.handle = handle;
        this.release = release;
    }

    final <T> T with(Function<H, T> call) {
        lock.readLock().lock();
        try {
            if (handle == null) {
                throw new IllegalStateException("this " + getClass().getSimpleName() + " is closed");
            }
            return call.apply(handle);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Releases the memory, once no call is under way. What was made from it stays. A second time is fine. */
    @Override
    public final void close() {
        lock.writeLock().lock();
        try {
            if (handle != null) {
                release.accept(handle);
                handle = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
