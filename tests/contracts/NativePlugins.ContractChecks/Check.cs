namespace NativePlugins.ContractChecks;

/// <summary>Assertions that need no test framework, which NativeAOT could not compile.</summary>
public static class Check
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new CheckFailedException($"expected {expected}, found {actual}");
        }
    }

    public static void Same<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
    {
        if (!expected.SequenceEqual(actual, EqualityComparer<T>.Default))
        {
            throw new CheckFailedException(
                $"expected {expected.Length} items [{string.Join(", ", expected[..Math.Min(8, expected.Length)].ToArray())}], "
                + $"found {actual.Length} items [{string.Join(", ", actual[..Math.Min(8, actual.Length)].ToArray())}]");
        }
    }

    public static void True(bool condition, string what)
    {
        if (!condition)
        {
            throw new CheckFailedException(what);
        }
    }

    public static T Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T e) when (e is not CheckFailedException)
        {
            return e;
        }
        catch (Exception e) when (e is not CheckFailedException)
        {
            throw new CheckFailedException($"expected {typeof(T).Name}, found {e}");
        }

        throw new CheckFailedException($"expected {typeof(T).Name}, and nothing was thrown");
    }

    /// <summary>Waits for something that must become true.</summary>
    public static void Until(Func<bool> condition, string what) =>
        True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)), $"not in time: {what}");

    /// <summary>The outcome of a task that must end soon.</summary>
    public static T Wait<T>(ValueTask<T> task) => Wait(task.AsTask());

    public static void Wait(ValueTask task) => Wait(task.AsTask());

    public static void Wait(Task task)
    {
        True(Task.WaitAny([task], TimeSpan.FromSeconds(60)) == 0, "the call does not complete");
        task.GetAwaiter().GetResult();
    }

    public static T Wait<T>(Task<T> task)
    {
        True(Task.WaitAny([task], TimeSpan.FromSeconds(60)) == 0, "the call does not complete");
        return task.GetAwaiter().GetResult();
    }
}

/// <summary>Something is not as it must be.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
