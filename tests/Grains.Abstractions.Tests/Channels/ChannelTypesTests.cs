using BlueEdge.Channels;

namespace BlueEdge.Grains.Abstractions.Tests.Channels;

public sealed class ChannelTypesTests
{
    public static TheoryData<ChannelType> All { get; } = [.. Enum.GetValues<ChannelType>()];

    [Theory, MemberData(nameof(All))]
    public void Each_type_stands_in_the_table_under_a_name_of_its_own(ChannelType type)
    {
        Assert.True(ChannelTypes.IsKnown(type));
        Assert.Equal(type, ChannelTypes.Parse(ChannelTypes.Name(type)));
        Assert.Equal(type, ChannelTypes.Parse(type.ToString().ToUpperInvariant()));
        Assert.Contains(ChannelTypes.Name(type), ChannelTypes.Names);
    }

    [Fact]
    public void The_choice_is_told_in_words() => Assert.Equal("JSON, Image, Video or File", ChannelTypes.Choice);

    [Fact]
    public void A_type_that_is_not_known_differs_from_nothing()
    {
        var unknown = (ChannelType)(-1);

        Assert.False(ChannelTypes.IsKnown(unknown));
        Assert.False(ChannelTypes.IsKnown(null));
        Assert.False(ChannelTypes.Differ(unknown, ChannelType.Json));
        Assert.False(ChannelTypes.Differ(null, ChannelType.Json));
        Assert.False(ChannelTypes.Differ(ChannelType.Json, ChannelType.Json));
        Assert.True(ChannelTypes.Differ(ChannelType.File, ChannelType.Json));
    }

    [Theory]
    [InlineData(ChannelType.Image, "image/png", true)]
    [InlineData(ChannelType.Image, "IMAGE/PNG", true)]
    [InlineData(ChannelType.Image, "application/pdf", true)]
    [InlineData(ChannelType.Image, "video/mp4", false)]
    [InlineData(ChannelType.Image, null, false)]
    [InlineData(ChannelType.Video, "image/jpeg", true)]
    [InlineData(ChannelType.Video, "text/plain", false)]
    [InlineData(ChannelType.File, "text/plain", true)]
    [InlineData(ChannelType.File, null, true)]
    [InlineData(ChannelType.Json, "application/json", true)]
    public void Only_what_is_plainly_something_else_is_no_content(ChannelType type, string? mediaType, bool fits) =>
        Assert.Equal(fits, ChannelTypes.Fits(type, mediaType));
}
