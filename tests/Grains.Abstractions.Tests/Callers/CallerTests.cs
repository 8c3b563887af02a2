using BlueEdge.Callers;

namespace BlueEdge.Grains.Abstractions.Tests.Callers;

public sealed class CallerTests
{
    [Theory, InlineData("a"), InlineData("default"), InlineData("team-7_b"), InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void A_tenant_has_a_short_name_of_plain_letters(string tenant) => Assert.Equal(tenant, new Caller { Tenant = tenant }.Tenant);

    [Theory, InlineData(""), InlineData("A"), InlineData("a b"), InlineData("ä"), InlineData("a/b"), InlineData("a\n"), InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Any_other_name_is_refused(string tenant)
    {
        var refused = Assert.Throws<BlueEdgeException>(() => new Caller { Tenant = tenant });

        Assert.Contains($"'{tenant}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_enters_is_the_caller_to_the_end_of_that_method_and_not_after_it()
    {
        await EnterAsync();

        Assert.Equal(Caller.Default, Caller.Current);
        Assert.Null(RequestContext.Get("blueedge.tenant"));

        static async Task EnterAsync()
        {
            CallerContext.Enter(new() { Tenant = "blue" });
            await Task.Yield();
            Assert.Equal("blue", Caller.Current.Tenant);
            Assert.Equal("blue", RequestContext.Get("blueedge.tenant"));
            await TakeAsync();
            Assert.Equal("blue", Caller.Current.Tenant);
            CallerContext.Enter(Caller.Default);
            Assert.Null(RequestContext.Get("blueedge.tenant"));
        }

        static async Task TakeAsync()
        {
            Assert.Equal("blue", CallerContext.Take().Tenant);
            Assert.Equal(Caller.Default, Caller.Current);
            await Task.Yield();
            Assert.Equal(Caller.Default, CallerContext.Take());
        }
    }
}
