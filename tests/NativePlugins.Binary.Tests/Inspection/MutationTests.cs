using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>A part of what <c>conform --mutants</c> does at greater length.</summary>
public sealed class MutationTests
{
    [LinuxFact]
    public void What_is_accepted_of_two_thousand_changed_libraries_never_kills_the_process_that_opens_it()
    {
        var run = MutationRun.Execute(MutationRun.Bases(10), 2000, seed: 20);

        Assert.DoesNotContain(run.Killed, killed => killed.Kind == MutationKind.Structure);
        Assert.Empty(run.BenignRefused);
        Assert.Empty(run.OutOfBounds);
    }
}
