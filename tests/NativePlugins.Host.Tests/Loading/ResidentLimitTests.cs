using NativePlugins.Host.Loading;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Tests;

public class ResidentLimitTests
{
    // The numbers were seen on two processors with AVX-512; the last is what is expected of one with AMX tiles.
    [Theory]
    [InlineData(16384, 4096, 3376, 14)]
    [InlineData(16384, 4096, 3632, 12)]
    [InlineData(16384, 4096, 11008, 1)]
    public void A_signal_stack_holds_at_least_as_many_handlers_as_is_computed(int size, int pageSize, int frameSize, int seen) =>
        Assert.InRange(ResidentLimit.OfSignalStack(size, pageSize, frameSize), 1, seen);

    [Fact]
    public void A_larger_signal_stack_holds_more() =>
        Assert.True(ResidentLimit.OfSignalStack(65536, 4096, 3376) > 100);

    [Theory]
    [InlineData(1024, 896)]
    [InlineData(128, 112)]
    [InlineData(1, 1)]
    public void An_eighth_of_the_thread_keys_is_left_to_others(int keys, int limit) =>
        Assert.Equal(limit, ResidentLimit.OfThreadKeys(keys));

    [LinuxFact]
    public void The_signal_stack_of_this_process_is_known()
    {
        SignalStack stack = HostSystem.Current.ReadSignalStack();

        Assert.True(stack.Size >= 8192, $"{stack}");
        Assert.True(stack.FrameSize > 0, $"{stack}");
    }

    [LinuxFact]
    public void The_thread_keys_of_this_process_are_known() => Assert.True(HostSystem.Current.MaxThreadKeys >= 128);
}
