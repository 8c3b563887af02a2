using BlueEdge.Validation;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

public sealed class FaultCollectorTests
{
    [Fact]
    public void A_hundred_faults_are_listed_in_their_order_and_the_rest_are_counted_and_never_written()
    {
        var faults = new FaultCollector();
        var written = 0;
        for (var i = 0; i < 150; i++)
        {
            faults.Add($"/{i}", FaultCodes.Malformed, $"{Write()}");
        }

        var list = faults.ToList();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"/{i}"), list.Listed.Select(fault => fault.Pointer));
        Assert.Equal((50, 100), (list.Further, written));

        string Write() => $"fault {written++}";
    }
}
