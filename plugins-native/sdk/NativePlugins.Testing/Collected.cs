namespace NativePlugins.Testing;

/// <summary>Waits for the garbage collector.</summary>
internal static class Collected
{
    // One collection makes finalizers ready, the next takes what they kept. A thread that has just ended may keep its stack's
    // objects a little longer.
    private const int Attempts = 20;

    public static int CountAlive(IReadOnlyCollection<WeakReference> references)
    {
        for (int i = 0; i < Attempts && references.Any(reference => reference.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return references.Count(reference => reference.IsAlive);
    }
}
