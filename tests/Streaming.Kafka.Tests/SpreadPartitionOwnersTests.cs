using System.Net;
using CsCheck;
using Streaming.Kafka.Partitions;

namespace Streaming.Kafka;

public sealed class SpreadPartitionOwnersTests
{
    [Fact]
    public void The_spread_is_even_whatever_the_order_of_the_silos() =>
        Gen.Select(Gen.Int[1, 64], Gen.Int[1, 12]).Sample((partitions, count) =>
        {
            var silos = Silos(count);

            var owners = SpreadPartitionOwners.Spread(partitions, silos);

            Assert.Equal(partitions, owners.Length);
            Assert.All(owners.CountBy(owner => owner), owner => Assert.InRange(owner.Value, 1, (partitions + count - 1) / count));
            Assert.Equal(owners, SpreadPartitionOwners.Spread(partitions, [.. silos.Reverse()]));
        });

    [Fact]
    public void A_silo_more_moves_few_partitions()
    {
        var before = SpreadPartitionOwners.Spread(160, Silos(4));

        var after = SpreadPartitionOwners.Spread(160, Silos(5));

        Assert.InRange(before.Zip(after).Count(pair => !pair.First.Equals(pair.Second)), 1, 64);
    }

    [Fact]
    public void Without_silos_nobody_owns_anything() => Assert.Empty(SpreadPartitionOwners.Spread(16, []));

    private static SiloAddress[] Silos(int count) => [.. Enumerable.Range(0, count).Select(i => SiloAddress.New(IPAddress.Loopback, 1000 + i, i))];
}
