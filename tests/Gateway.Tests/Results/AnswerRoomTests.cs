using BlueEdge.Gateway.Results;

namespace BlueEdge.Gateway.Tests.Results;

public sealed class AnswerRoomTests
{
    private readonly AnswerRoom _room = new(new GatewayOptions { ResultBytes = 100, ResultItems = 3 });

    [Fact]
    public void It_is_full_once_it_has_taken_all_the_items_it_may_though_bytes_are_left()
    {
        Assert.True(_room.TryTake(1));
        Assert.True(_room.TryTake(1));
        Assert.False(_room.IsFull);

        Assert.True(_room.TryTake(1));

        Assert.True(_room.IsFull);
        Assert.False(_room.TryTake(1));
    }

    [Fact]
    public void It_is_full_once_it_has_taken_all_its_bytes()
    {
        Assert.True(_room.TryTake(60));
        Assert.True(_room.TryTake(40));

        Assert.True(_room.IsFull);
    }

    [Fact]
    public void An_item_that_does_not_go_in_is_the_end_of_it_and_those_that_would_are_not_taken_before_it()
    {
        Assert.True(_room.TryTake(60));

        Assert.False(_room.TryTake(41));

        Assert.True(_room.IsFull);
        Assert.False(_room.TryTake(1));
    }

    [Fact]
    public void Its_first_item_goes_in_whatever_its_size()
    {
        Assert.True(_room.TryTake(1_000));

        Assert.True(_room.IsFull);
    }
}
