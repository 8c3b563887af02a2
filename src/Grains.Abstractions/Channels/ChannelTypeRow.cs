using System.Collections.Immutable;

namespace BlueEdge.Channels;

/// <summary>What is known of one type of channel.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">What callers name it.</param>
/// <param name="Media">How the media types of its content begin; none where it takes any.</param>
internal sealed record ChannelTypeRow(ChannelType Type, string Name, params ImmutableArray<string> Media);
