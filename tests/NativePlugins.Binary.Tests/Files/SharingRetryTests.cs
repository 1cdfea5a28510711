using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

public class SharingRetryTests
{
    private readonly List<int> _waits = [];

    [Fact]
    public void What_is_not_held_is_tried_once()
    {
        Assert.Equal("opened", Retry.Run(() => "opened", IsHeld));
        Assert.Empty(_waits);
    }

    [Fact]
    public void It_is_tried_until_the_holder_lets_go()
    {
        Assert.Equal("opened", Retry.Run(() => _waits.Count < 3 ? "held" : "opened", IsHeld));
        Assert.Equal([1, 2, 3], _waits);
    }

    [Fact]
    public void It_is_given_up_after_a_number_of_tries()
    {
        int tries = 0;

        Assert.Equal("held", Retry.Run(() => (++tries, "held").Item2, IsHeld));
        Assert.Equal(1 + SharingRetry.MostRetries, tries);
    }

    private SharingRetry Retry => new(_waits.Add);

    private static bool IsHeld(string result) => result == "held";
}
