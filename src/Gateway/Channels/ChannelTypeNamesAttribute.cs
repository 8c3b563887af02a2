using System.ComponentModel.DataAnnotations;
using BlueEdge.Channels;

namespace BlueEdge.Gateway.Channels;

/// <summary>Says in the API's description that a member is the name of a channel's type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChannelTypeNamesAttribute() : AllowedValuesAttribute([.. ChannelTypes.Names]);
