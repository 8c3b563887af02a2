using BlueEdge.Grains.Placement;

[assembly: HostedBy(SiloRole.Core)]
