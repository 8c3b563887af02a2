using BlueEdge.Placement;

[assembly: HostedBy(SiloRole.Core)]
