namespace NativePlugins.Contracts.Tests.Generation;

/// <summary>Streams of items as the generator sees them.</summary>
public class StreamTests
{
    [Theory]
    [InlineData("Task<IAsyncEnumerable<int>> A();")]
    [InlineData("ValueTask<IAsyncEnumerable<int>> A();")]
    [InlineData("Task<IAsyncEnumerable<int>?> A();")]
    public async Task A_stream_in_a_task_is_refused_in_favour_of_the_stream_alone(string member)
    {
        string[] found = await ContractCompilation.Analyze($"[PluginContract(\"a.b\")] public partial interface I {{ {member} }}");

        string nullable = member.Contains('?', StringComparison.Ordinal) ? "?" : "";
        Assert.EndsWith(
            $"use System.Collections.Generic.IAsyncEnumerable<int>{nullable} without the task: its items come later anyway, and so does what it throws", Assert.Single(found), StringComparison.Ordinal);
    }
}
