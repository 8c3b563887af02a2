using BlueEdge.EngineHost.Engines;

namespace BlueEdge.EngineHost.Tests.Engines;

public sealed class ThreadReserveTests
{
    [Theory]
    [InlineData(2, 2, 16, 4, 6)]
    [InlineData(2, 2, 16, 300, 18)]
    [InlineData(2, 2, 0, 300, 2)]
    [InlineData(64, 2, 16, 300, 64)]
    public void It_is_as_large_as_the_slots_and_the_setting_allow(int present, int processors, int blockingThreads, int slots, int minimum) =>
        Assert.Equal(minimum, ThreadReserve.Minimum(present, processors, blockingThreads, slots));
}
